import { describe, expect, test } from 'vitest';
import { createAdjustableClock } from '../../../../local/clock/clock.ts';
import { checkCode } from '../../../../local/appsync/javascript/checkCode.ts';
import { createEvaluator } from '../../../../local/appsync/javascript/createEvaluator.ts';

const HANDLERS =
  'export function request(ctx) { return {}; }\nexport function response(ctx) { return ctx.result; }\n';
const inRequest = (body: string) =>
  `import { util } from '@aws-appsync/utils';\nexport function request(ctx) {\n${body}\n}\nexport function response(ctx) { return ctx.result; }\n`;

describe('what AppSync refuses is refused here, with its line', () => {
  test.each([
    ['throw util;', 'no-throw'],
    ['try { util.autoId(); } catch { return 1; }', 'no-try'],
    ['while (true) { break; }', 'no-while'],
    ['for (let i = 0; i < 3; i += 1) { util.autoId(); }', 'no-for'],
    ['for (const one of [1]) { continue; }', 'no-continue'],
    ['const one = async () => 1;', 'no-async'],
    ['class One {}', 'no-classes'],
    ['return this.one;', 'no-this'],
    ['return /a/.test(ctx.args.a);', 'no-regex'],
    ['let one = 1; one++;', 'no-disallowed-unary-operators'],
    ['return "a" in ctx.args;', 'no-in-operator'],
    ['return Date.now();', 'no-date'],
    ['return Promise.resolve(1);', 'no-promise'],
    ['return fetch("http://localhost");', 'no-undeclared-globals'],
    ['return process.env;', 'no-undeclared-globals'],
    ['return util.dynamodb.toMapValues({});', 'not-supported-locally'],
  ])('%s', (body, rule) => {
    const problems = checkCode(inRequest(body), 'field.ts');

    expect(problems.map((problem) => problem.rule)).toContain(rule);
    expect(problems.find((problem) => problem.rule === rule)).toMatchObject({ file: 'field.ts', line: 3 });
  });

  test('code of more than 32,768 characters, and code that cannot be parsed', () => {
    expect(checkCode(`${HANDLERS}//${'x'.repeat(32_768)}`, 'f')).toMatchObject([{ rule: 'code-too-long' }]);
    expect(checkCode('export function request( {', 'f')).toMatchObject([{ rule: 'parser-error', line: 1 }]);
  });

  test('and nothing that AppSync accepts is', () => {
    const accepted = inRequest(
      'const { a = 1, ...rest } = ctx.args; const names = Object.keys(rest).map((name) => `${name}!`);\n' +
        'for (const name of names) { ctx.stash[name] = a ?? null; }\nreturn { payload: [...names, ctx.identity?.username] };',
    );

    expect(checkCode(accepted, 'field.ts')).toEqual([]);
  });
});

describe('a resolver runs sealed', () => {
  const run = async (body: string, context: unknown = { args: {}, stash: {}, info: {} }) => {
    const evaluator = createEvaluator({ clock: createAdjustableClock() });
    await evaluator.load('code', inRequest(body), 'field.ts');
    const outcome = await evaluator.call({
      codeId: 'code',
      handler: 'request',
      context: JSON.stringify(context),
    });
    await evaluator.stop();
    return outcome;
  };

  test('its result comes back as JSON, with the stash', async () => {
    const outcome = await run('ctx.stash.seen = true; return { payload: util.toString ? 1 : 2 };');

    expect(outcome).toMatchObject({ kind: 'result', stash: '{"seen":true}' });
  });

  test('util.error ends it with message, type, data and info', async () => {
    const outcome = await run('util.error("no", "Refused", { a: 1 }, { retryable: false }); return 1;');

    expect(outcome).toMatchObject({
      kind: 'error',
      message: 'no',
      type: 'Refused',
      data: { a: 1 },
      info: { retryable: false },
    });
  });

  test('it reaches nothing of this process through the objects it is given', async () => {
    const outcome = await run('const make = ctx.constructor.constructor; return make("return 1");');

    expect(outcome.kind).toBe('failed');
  });

  test('a bug in it is told without ending anything', async () => {
    expect(await run('return ctx.args.a.b.c;')).toMatchObject({ kind: 'failed', type: 'Code' });
  });

  test('one that does not end is stopped', async () => {
    const spin =
      'const many = Array.from({ length: 100000 }); return many.map(() => many.map(() => many.length));';

    expect(await run(spin)).toMatchObject({ kind: 'failed', type: 'Timeout' });
  });

  test('nothing that a module remembers survives a call', async () => {
    const evaluator = createEvaluator({ clock: createAdjustableClock() });
    const code = `const seen = [];\nexport function request(ctx) { seen.push(1); return seen.length; }\nexport function response(ctx) { return null; }`;
    await evaluator.load('code', code, 'field.ts');
    const call = { codeId: 'code', handler: 'request', context: '{"args":{},"stash":{},"info":{}}' } as const;

    const values = [await evaluator.call(call), await evaluator.call(call)];

    expect(values).toMatchObject([{ value: '1' }, { value: '1' }]);
    await evaluator.stop();
  });
});
