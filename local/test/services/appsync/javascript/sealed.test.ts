import { describe, expect, test } from 'vitest';
import { call, load, run, sealedEvaluator, valueOf } from './runHandler.ts';

const DOUBLED = "let s = 'x'; for (const one of 'yyyyyyyyyyyyyyyyyyyyyyyyyyyy') { s = s + s; }";

describe('a handler that does not end', () => {
  test.each([
    'while (true) {}',
    'for (;;) ctx.stash.a = 1;',
    "return Array(900).fill('a').some(() => Array(900).fill('a').some(() => Array(900).fill('a').some(() => Array(900).fill('a').some(() => false))));",
    "return util.matches('(a+)+b', Array(60).fill('a').join(''));",
    'return { toJSON() { while (true) {} } };',
  ])('is stopped: %s', async (body) => {
    expect(await run(body)).toEqual({
      kind: 'failed',
      type: 'Timeout',
      message: 'Code evaluation timed out.',
      logs: [],
    });
  });

  test('holds up nobody: others are answered while it runs, and itself can be called again', async () => {
    const evaluator = sealedEvaluator();
    await load(evaluator, 'while (true) {}', 'spins');
    await load(evaluator, 'return ctx.args.a;', 'works');
    const ended: string[] = [];
    const spins = [1, 2].map(async () => {
      const outcome = await call(evaluator, { codeId: 'spins' });
      ended.push(outcome.kind);
    });

    const others = Array.from({ length: 20 }, async (_each, a) => {
      const outcome = await call(evaluator, { codeId: 'works', context: { arguments: { a } } });
      ended.push(`${outcome.kind} ${'value' in outcome ? outcome.value : ''}`);
    });
    await Promise.all([...spins, ...others]);

    // On a machine that is busy the first of the two may be over before all others are answered; the last never.
    expect(ended.filter((one) => one !== 'failed')).toEqual(others.map((_each, a) => `result ${a}`));
    expect(ended.filter((one) => one === 'failed')).toHaveLength(2);
    expect(ended.at(-1)).toBe('failed');
  });
});

describe('a handler that wants all memory', () => {
  test.each([
    ['pushes without an end', 'const all = []; while (true) all.push([1, 2, 3, 4]);'],
    ['fills an array at once', 'return Array(30000000).map((one) => one).sort().length;'],
    ['cuts a long text into letters', `${DOUBLED} return s.split('').length;`],
    ['spreads a long text', `${DOUBLED} return [...s].length;`],
    ['returns a long text', `${DOUBLED} return { payload: s };`],
    ['joins many', "return Array(2 ** 25).join('abcdefgh').split('a').length;"],
  ])('gets an error, and the next call an answer: it %s', async (_what, body) => {
    const evaluator = sealedEvaluator();
    await load(evaluator, body, 'greedy');
    await load(evaluator, 'return 1;', 'works');

    const outcome = await call(evaluator, { codeId: 'greedy' });

    expect(outcome.kind).toBe('failed');
    expect(await call(evaluator, { codeId: 'works' })).toMatchObject({ kind: 'result', value: '1' });
  });

  test('recursion without an end is an error of the handler', async () => {
    const outcome = await run('const f = (a) => f([a, a]); return f([]);');

    expect(outcome).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(
        /^code\.js:2:\d+: RangeError: The functions call each other too deeply$/,
      ),
    });
  });
});

describe('a handler reaches nothing outside', () => {
  test.each([
    'process',
    'require',
    'globalThis',
    'fetch',
    'setTimeout',
    'queueMicrotask',
    'Buffer',
    'WebAssembly',
    'Promise',
    'Date',
    'Function',
    'Reflect',
    'Proxy',
    'SharedArrayBuffer',
    'eval',
  ])('%s is not there', async (name) => {
    expect(await valueOf(`typeof ${name}`)).toBe('undefined');
  });

  test.each([
    'ctx.constructor.constructor',
    '(() => 1).constructor',
    'util.error.constructor',
    'util.autoId.constructor',
    '[].map.constructor',
    'console.log.constructor',
    '(async () => 1).constructor',
    '(function* () {}).constructor',
    '(async () => 1).__proto__.constructor',
    'Object.prototype.__proto__?.constructor',
  ])('%s turns no text into code', async (path) => {
    const value = await valueOf(`typeof ${path} === 'function' ? ${path}('return 1 + 1') : 'no function'`);

    expect(typeof value === 'string' ? value : JSON.stringify(value)).not.toBe('2');
    expect(await valueOf(`typeof ${path}('return process')`).catch(() => 'refused')).not.toBe('function');
  });

  test('an import of the machine is no way out', async () => {
    const outcome = await run(
      "return import('node:fs').then((fs) => fs.readFileSync('/etc/hostname', 'utf8'));",
    );

    expect(JSON.stringify(outcome)).not.toContain('hostname');
    expect(outcome).not.toMatchObject({ kind: 'result', value: expect.stringMatching(/\w/) });
  });
});

describe('nothing survives a call', () => {
  test.each([
    ['a constant of the module', 'const seen = [];', 'seen.push(1); return seen.length;'],
    ['a variable of the module', 'let count = 0;', 'count += 1; return count;'],
    ['a property of a builtin', '', "Object.assign(Array.prototype, { seen: 1 }); return 'set';"],
    ['a property of util', '', 'util.seen = (util.seen ?? 0) + 1; return util.seen;'],
    ['the prototype of everything', '', "ctx.__proto__.seen = 1; return 'set';"],
    ['the last match of a pattern', '', "util.matches('(a)', 'a'); return [].constructor.seen ?? null;"],
  ])('%s', async (_what, before, body) => {
    const evaluator = sealedEvaluator();
    const code = `import { util } from '@aws-appsync/utils';\n${before}\nexport function request(ctx) { ${body} }\nexport function response(ctx) { return [].seen ?? {}.seen ?? null; }`;
    await evaluator.load('code', code, 'field.ts');

    const first = await call(evaluator);
    const second = await call(evaluator);
    const look = await call(evaluator, { handler: 'response' });

    expect(second).toEqual(first);
    expect(look).toMatchObject({ kind: 'result', value: 'null' });
  });

  test('properties of own objects may have any name', async () => {
    expect(
      await valueOf(
        '[{ toString: 1, constructor: 2, valueOf: 3 }].map((one) => { one.toString = 4; return one; })',
      ),
    ).toEqual([{ toString: 4, constructor: 2, valueOf: 3 }]);
  });

  test('what loops for too long is stopped where AppSync stops it', async () => {
    expect(
      await run("for (const one of Array(1001).fill('a').join('')) { ctx.stash.a = one; }"),
    ).toMatchObject({
      kind: 'failed',
      type: 'Code',
      message: expect.stringContaining('A loop may run 1000 times at most.'),
    });
    expect(
      await run("for (const one of Array(1000).fill('a').join('')) { ctx.stash.a = one; } return 1;"),
    ).toMatchObject({
      kind: 'result',
    });
  });
});
