import { describe, expect, test } from 'vitest';
import { checkCode } from '../../../../services/appsync/javascript/checkCode.ts';
import { handlerCode } from './handlerCode.ts';
import { run, valueOf } from './runHandler.ts';

const EMPTY = { arguments: { nothing: null, five: 5, text: '' } };

describe('null is undefined', () => {
  test.each([
    ['null === undefined', true],
    ['undefined === null', true],
    ['null !== undefined', false],
    ['ctx.args.missing === null', true],
    ['ctx.args.nothing === undefined', true],
    ['ctx.args.nothing !== undefined', false],
    ['ctx.args.missing?.deeper === null', true],
    ['[null].map((one) => one === undefined)[0]', true],
    ["ctx.args.five === undefined || ctx.args.text === null ? 'empty' : 'set'", 'set'],
    ['(ctx.args.five) === (5)', true],
    ['5 === 5 === true', true],
    ['0 === null', false],
    ["'' === undefined", false],
    ['false === null', false],
    ['NaN === NaN', false],
    ['typeof ctx.args.five === "number"', true],
    ['[1 === 1, 1 !== 1, /* === */ 2 === 2]', [true, false, true]],
  ])('%s is %j', async (expression, expected) => {
    expect(await valueOf(expression, EMPTY)).toEqual(expected);
  });

  test.each([
    ['switch (null) { case undefined: return 1; default: return 2; }', 1],
    ['switch (ctx.args.missing) { case null: return 1; default: return 2; }', 1],
    ['switch (ctx.args.five) { case null: return 1; case 5: return 2; default: return 3; }', 2],
    ['if (ctx.args.nothing === undefined) return 1; else return 2;', 1],
    ['for (const one of [null]) if (one === undefined) return 1; return 2;', 1],
  ])('%s', async (body, expected) => {
    expect(await run(body, EMPTY)).toMatchObject({ kind: 'result', value: String(expected) });
  });
});

describe('?? runs its right side always', () => {
  test.each([
    'ctx.args.five ?? util.error("missing", "Missing")',
    '(ctx.args.five) ?? (util.error("missing", "Missing"))',
    'ctx.args.five ?? ctx.args.text ?? util.error("missing", "Missing")',
    '[ctx.args.five ?? util.error("missing", "Missing")]',
    '{ a: ctx.args.five ?? util.error("missing", "Missing") }.a',
    '`${ctx.args.five ?? util.error("missing", "Missing")}`',
    '[1].map((one) => one ?? util.error("missing", "Missing"))',
    'ctx.args.five /* ?? */ ?? util.error("missing", "Missing")',
  ])('%s raises', async (expression) => {
    expect(await run(`return (${expression});`, EMPTY)).toMatchObject({ kind: 'error', type: 'Missing' });
  });

  test.each([
    ['const seen = []; const a = 1 ?? seen.push(1); return [a, seen];', [1, [1]]],
    ['const a = 1 ?? (ctx.stash.b = 2); return [a, ctx.stash.b];', [1, 2]],
    ['let a = 1; a ??= (ctx.stash.b = 2); return [a, ctx.stash.b];', [1, 2]],
    ['let a = null; a ??= 2; return a;', 2],
    ["ctx.stash.a ??= 'x'; return ctx.stash.a;", 'x'],
    ['const x = {}; x.y ??= 1; x["z"] ??= 2; return x;', { y: 1, z: 2 }],
    ['return null ?? undefined ?? 3;', 3],
    ['return (null ?? 1) + (2 ?? 3);', 3],
    ['for (const one of [null]) return one ?? 4;', 4],
    ['const f = (a) => a ?? 5; return f();', 5],
    ['return ctx.args.five ? 6 : util.error("missing");', 6],
    ['return ctx.args.five || util.error("missing");', 5],
    ['return ctx.args.nothing && util.error("missing");', null],
  ])('%s', async (body, expected) => {
    const outcome = await run(body, EMPTY);

    expect(outcome).toMatchObject({ kind: 'result' });
    expect('value' in outcome && JSON.parse(outcome.value)).toEqual(expected);
  });
});

describe('util.error and util.appendError', () => {
  test.each([
    ['util.error(25)', 'a number as its message'],
    ['util.error(true)', 'a boolean as its message'],
    ['util.error("message", 25)', 'a number as its type'],
    ['util.error({ message: "x" }, "Type")', 'an object as its message'],
    ['util.error(["x"])', 'a list as its message'],
    ['util.error(null)', 'nothing as its message'],
    ['util.error()', 'nothing as its message'],
    ['util.error(ctx.error)', 'nothing as its message'],
    ['util.error("message", ["Type"])', 'a list as its type'],
  ])('%s is ignored, with a warning', async (expression, what) => {
    const outcome = await run(`${expression}; return 'went on';`);

    expect(outcome).toMatchObject({
      kind: 'result',
      value: '"went on"',
      logs: [
        {
          level: 'WARN',
          text: `util.error was called with ${what}: AppSync ignores such a call. Pass a string.`,
        },
      ],
    });
  });

  test.each(['util.appendError(25)', 'util.appendError(null)', 'util.appendError("message", true)'])(
    '%s is ignored, with a warning',
    async (expression) => {
      const outcome = await run(`${expression}; return 1;`);

      expect(outcome).toMatchObject({ kind: 'result', appended: [], logs: [{ level: 'WARN' }] });
    },
  );

  test.each([
    ['util.error("message")', { message: 'message', type: null }],
    ['util.error("")', { message: '', type: null }],
    ['util.error("message", null, { a: 1 })', { message: 'message', type: null, data: { a: 1 } }],
    ['util.error("message", undefined, 1, 2)', { message: 'message', type: null, data: 1, info: 2 }],
    ['util.error("message", "Type")', { message: 'message', type: 'Type' }],
  ])('%s raises', async (expression, expected) => {
    expect(await run(`${expression}; return 1;`)).toMatchObject({ kind: 'error', ...expected });
  });
});

describe('a bug of a handler', () => {
  test.each([
    ['return ctx.args.a.b;', "code.js:2:50: TypeError: Cannot read property 'b' of undefined"],
    [
      'const a = 1 ?? 2;\n  return null === undefined ? ctx.args.a.b : a;',
      "code.js:3:42: TypeError: Cannot read property 'b' of undefined",
    ],
    ['ctx.args.a.b = 1;', "code.js:2:45: TypeError: Cannot set property 'b' of undefined"],
    ['const { a } = ctx.args.x;', "TypeError: Cannot read property 'a' of undefined"],
    ['return ctx.args.f();', 'TypeError: ctx.args.f is not a function'],
    ['return [...ctx.args.x];', 'TypeError:'],
    ['for (const one of 5) { ctx.stash.a = one; }', 'TypeError: 5 is not a list'],
    ['return Object.keys(null);', 'TypeError: Expected an object, but got null'],
    [
      'const a = {}; a.a = a; return a;',
      'TypeError: An object that contains itself cannot be written as JSON',
    ],
    ['return a; const a = 1;', 'ReferenceError: a is used before it has a value'],
  ])('%s is told with its place, and without the words of the engine', async (body, message) => {
    const outcome = await run(body);

    expect(outcome).toMatchObject({
      kind: 'failed',
      type: 'Code',
      message: expect.stringContaining(message),
    });
    expect(outcome).not.toMatchObject({
      message: expect.stringMatching(/properties of|V8|node:|circular structure/),
    });
  });
});

describe('a method that AppSync does not have', () => {
  test.each([
    'const name = "repeat";\n  return "a"[name](2);',
    'const one = 1;\n  return "a"["rep" + "eat"](one);',
    'const one = 1;\n  return "a"[`repeat`](one);',
    'const again = "a".repeat;\n  return again(2);',
    'const { repeat } = "a";\n  return repeat(2);',
    'const { repeat: again } = ctx.args.text;\n  return again(2);',
    'const O = Object;\n  return O.create({});',
    'const O = Object; const P = O;\n  return P["freeze"]({});',
    'const A = Array;\n  return A.from([1]);',
  ])('is refused under another name: %s', (body) => {
    expect(checkCode(handlerCode(body), 'field.js').map(({ line, rule }) => [line, rule])).toEqual([
      [4, 'no-disallowed-methods'],
    ]);
  });

  test('is refused where it is taken from its global object', () => {
    expect(checkCode(handlerCode('const { create } = Object;'), 'field.js')).toMatchObject([
      { rule: 'no-disallowed-methods', message: 'The method Object.create is not supported by APPSYNC_JS.' },
    ]);
  });

  test.each([
    'const { search, group } = ctx.args;\n  return search + group;',
    'const call = ctx.args.call;\n  return call;',
    'const apply = (a) => a;\n  return apply(1);',
  ])('is not meant by data or functions of the same name: %s', (body) => {
    expect(checkCode(handlerCode(body), 'field.js')).toEqual([]);
  });

  test.each([
    '"a"[ctx.args.name](2)',
    'ctx.args.text[["re", "peat"].join("")](2)',
    'Object[["fre", "eze"].join("")]({})',
    '[2, 1][["so", "rt"].join("")]((a, b) => a - b)',
    '(() => 1)[["ca", "ll"].join("")]()',
  ])('is not there when its name is made at run time: %s', async (expression) => {
    const outcome = await run(`return ${expression};`, { arguments: { name: 'repeat', text: 'a' } });

    expect(outcome).toMatchObject({ kind: 'failed', type: 'Code' });
  });
});
