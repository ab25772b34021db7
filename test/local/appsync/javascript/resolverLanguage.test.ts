import { describe, expect, test } from 'vitest';
import { checkCode } from '../../../../local/appsync/javascript/checkCode.ts';

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
