import { afterAll, describe, expect, test } from 'vitest';
import { createEvaluator } from '../../../../services/appsync/javascript/createEvaluator.ts';
import { handlerCode } from './handlerCode.ts';
import { call, NOW } from './runHandler.ts';

const evaluator = createEvaluator({ clock: { now: () => NOW } });
afterAll(() => evaluator.stop());

/** What the body of a request handler comes to; fails when it is refused. */
async function resultOf(body: string, args: object = {}): Promise<unknown> {
  await evaluator.load('code', handlerCode(body), 'field.js');
  const outcome = await call(evaluator, { context: { arguments: args } });
  if (outcome.kind !== 'result') throw new Error(JSON.stringify(outcome));
  return JSON.parse(outcome.value);
}

type Row = readonly [body: string, result: unknown];

const STATEMENTS: readonly Row[] = [
  ['const one = 1; let two = one; var three = two; two = 4; return [one, two, three];', [1, 4, 1]],
  ['if (ctx.args.none) { return 1; } else if (ctx.args.no) return 2; else { return 3; }', 3],
  ['let sum = 0; for (const one of [1, 2, 3]) { sum += one; } return sum;', 6],
  ['const names = []; for (const name in { a: 1, b: 2 }) names.push(name); return names;', ['a', 'b']],
  [
    'const all = []; for (const [name, one] of Object.entries({ a: 1 })) { all.push(name, one); } return all;',
    ['a', 1],
  ],
  ['let last = 0; for (const one of [1, 2, 3]) { if (one > 1) break; last = one; } return last;', 1],
  ['let text = ""; for (const letter of "abc") { text = letter + text; } return text;', 'cba'],
  ['switch ("b") { case "a": return 1; case "b": case "c": return 2; default: return 3; }', 2],
  [
    'let one = 0; switch (5) { case 1: one = 1; break; default: { const two = 2; one = two; } } return one;',
    2,
  ],
  ['{ const inner = 1; ctx.stash.a = inner; } ; return ctx.stash;', { a: 1 }],
  ['return;', null],
];

const OPERATORS: readonly Row[] = [
  ['return [7 + 2, 7 - 2, 7 * 2, 7 / 2, 7 % 2, 7 ** 2, -7, +"7"];', [9, 5, 14, 3.5, 1, 49, -7, 7]],
  ['return [6 & 3, 6 | 3, 6 ^ 3, 6 << 1, 6 >> 1, -6 >>> 30];', [2, 7, 5, 12, 3, 3]],
  [
    'let a = 6; a += 1; a -= 2; a *= 4; a /= 2; a %= 6; a **= 2; a &= 20; a |= 3; a ^= 1; a <<= 2; a >>= 1; a >>>= 1; return a;',
    18,
  ],
  [
    'return [1 == "1", 1 === "1", 1 != 2, 1 !== 1, 1 < 2, 1 <= 1, 2 > 1, 1 >= 2];',
    [true, false, true, false, true, true, true, false],
  ],
  ['return [true && 1, false || 2, null ?? 3, !true, !!1, 1 ? "yes" : "no"];', [1, 2, 3, false, true, 'yes']],
  ['let a = null; let b = 1; let c = 0; a ??= 1; b &&= 2; c ||= 3; return [a, b, c];', [1, 2, 3]],
  [
    'return [ctx.args?.a?.b, ctx.args.none?.b ?? "none", ctx.args.none?.[0] ?? 1, ctx.args.f?.() ?? 2];',
    [null, 'none', 1, 2],
  ],
  [
    'return [typeof 1, typeof "a", typeof undefined, typeof {}, typeof (() => 1), void 0];',
    ['number', 'string', 'undefined', 'object', 'function', null],
  ],
  ['const one = { a: 1, b: 2 }; delete one.a; delete one["b"]; return one;', {}],
  [
    'const a = [1, 2]; const b = { c: 3 }; return [...a, Math.max(...a), { ...b, d: 4 }];',
    [1, 2, 2, { c: 3, d: 4 }],
  ],
  ['const one = (1, 2); return one;', 2],
  ['return ["" + NaN, Infinity > 1, undefined === void 0];', ['NaN', true, true]],
];

const VALUES: readonly Row[] = [
  ['return `one\ntwo ${1 + 1} ${`nested ${"three"}`}`;', 'one\ntwo 2 nested three'],
  ['return String.raw`a\\n${1}`;', 'a\\n1'],
  ['const { a, b: { c = 5 } = {}, ...rest } = { a: 1, d: 2 }; return [a, c, rest];', [1, 5, { d: 2 }]],
  [
    'const [first, , third = 3, ...others] = [1, 2, undefined, 4, 5]; return [first, third, others];',
    [1, 3, [4, 5]],
  ],
  ['let a = 1; let b = 2; [a, b] = [b, a]; ({ a } = { a: 5 }); return [a, b];', [5, 1]],
  [
    'const name = "b"; const one = { ["a" + name]: 1, [name]: 2, "c-d": 3, 4: 5 }; return one;',
    { 4: 5, ab: 1, b: 2, 'c-d': 3 },
  ],
  ['const a = 1; return { a, f() { return 2; } };', { a: 1 }],
  [
    'return [0x1f, 0b11, 0o17, 1_000, 1e3, .5, "\\u00e9", \'a\', null, true];',
    [31, 3, 15, 1000, 1000, 0.5, 'é', 'a', null, true],
  ],
  ['return [1, , 3].length;', 3],
];

const FUNCTIONS: readonly Row[] = [
  ['return twice(2) + later(1); function twice(n) { return n * 2; } function later(n) { return n; }', 5],
  [
    'const sum = (first = 1, ...more) => more.reduce((all, one) => all + one, first); return [sum(), sum(1, 2, 3)];',
    [1, 6],
  ],
  ['const pick = ({ a, b = 2 }, [c] = [3]) => [a, b, c]; return pick({ a: 1 });', [1, 2, 3]],
  ['const base = 10; const add = function (n) { return n + base; }; return [1, 2].map(add);', [11, 12]],
  ['const make = () => ({ a: 1 }); return make().a;', 1],
  ['let count = 0; const bump = () => { count += 1; }; bump(); bump(); return count;', 2],
];

describe.each([
  ['statements', STATEMENTS],
  ['operators', OPERATORS],
  ['values', VALUES],
  ['functions', FUNCTIONS],
])('%s of APPSYNC_JS are accepted, and run', (_kind, rows) => {
  test.each(rows)('%s', async (body, result) => {
    expect(await resultOf(body)).toEqual(result);
  });
});

describe('the standard library of APPSYNC_JS is accepted, and runs', () => {
  test.each([
    ['Object.assign({ a: 1 }, { b: 2 })', { a: 1, b: 2 }],
    ['Object.entries({ a: 1 })', [['a', 1]]],
    ['[Object.hasOwn({ a: 1 }, "a"), Object.hasOwn({}, "toString")]', [true, false]],
    ['[Object.keys({ a: 1 }), Object.values({ a: 1 })]', [['a'], [1]]],
    ['["abc".length, "abc".charAt(1), "a".concat("b", "c")]', [3, 'b', 'abc']],
    ['["abc".endsWith("c"), "abc".startsWith("a"), "abc".includes("b")]', [true, true, true]],
    ['["abcb".indexOf("b"), "abcb".lastIndexOf("b"), "abc".slice(1, -1)]', [1, 3, 'b']],
    ['["aba".replace("a", "c"), "aba".replaceAll("a", "c")]', ['cba', 'cbc']],
    ['"a,b".split(",")', ['a', 'b']],
    ['["Ab".toLowerCase(), "Ab".toUpperCase()]', ['ab', 'AB']],
    ['[" a ".trim(), " a ".trimEnd(), " a ".trimStart()]', ['a', ' a', 'a ']],
    ['[Number.isFinite(1), Number.isFinite("1"), Number.isNaN(NaN)]', [true, false, true]],
    ['[Math.min(1, 2), Math.max(1, 2), Math.round(1.5), Math.floor(1.5), Math.ceil(1.5)]', [1, 2, 2, 1, 2]],
    ['Math.random() >= 0 && Math.random() < 1', true],
    [
      '[[1, 2].length, [1].concat([2], 3), [0, 0].fill(1), [1, [2, [3]]].flat()]',
      [2, [1, 2, 3], [1, 1], [1, 2, [3]]],
    ],
    [
      '[[1, 2, 1].indexOf(1), [1, 2, 1].lastIndexOf(1), [1, 2].join("-"), [1, 2].includes(2)]',
      [0, 2, '1-2', true],
    ],
    [
      '[[1, 2].reverse(), [1, 2, 3].slice(1), [2, 10, 1].sort()]',
      [
        [2, 1],
        [2, 3],
        [1, 10, 2],
      ],
    ],
    [
      '[[1, 2].map((n) => n * 2), [1, 2].filter((n) => n > 1), [[1], [2]].flatMap((n) => n)]',
      [[2, 4], [2], [1, 2]],
    ],
    ['[[1, 2].reduce((a, b) => a - b), [1, 2].reduceRight((a, b) => a - b, 10)]', [-1, 7]],
    ['[[1, 2].find((n) => n > 1), [1, 2].some((n) => n > 1), [1, 2].every((n) => n > 1)]', [2, true, false]],
    [
      '[[1, 2].findIndex((n) => n > 1), [1, 2, 3].findLast((n) => n < 3), [1, 2, 3].findLastIndex((n) => n < 3)]',
      [1, 2, 1],
    ],
    [
      '[JSON.parse("[1]"), JSON.parse("{"), JSON.parse(""), JSON.stringify({ a: [1] })]',
      [[1], '', '', '{"a":[1]}'],
    ],
    [
      '[String(1), Number("2"), Boolean(""), parseInt("3px", 10), parseFloat("1.5"), Array.isArray([])]',
      ['1', 2, false, 3, 1.5, true],
    ],
    ['[isNaN("a"), encodeURIComponent("a b"), decodeURIComponent("a%20b")]', [true, 'a%20b', 'a b']],
  ])('%s', async (expression, result) => {
    expect(await resultOf(`return ${expression};`)).toEqual(result);
  });

  test.each([
    ['"a.b.c".replaceAll(".", "-")', '-----'],
    ['"a.b.c".replaceAll("\\\\.", "-")', 'a-b-c'],
    ['"order 12 of 345".replace("[0-9]+", "n")', 'order n of 345'],
    ['"order 12 of 345".replaceAll("\\\\d+", "n")', 'order n of n'],
    ['"12-34".replaceAll("(\\\\d)(\\\\d)", "$2$1")', '21-43'],
    ['"Ab".replaceAll("(?i)a", "c")', 'cb'],
    ['"a b".replaceAll("\\\\p{Space}", "_")', 'a_b'],
    ['"a1".replaceAll("\\\\p{Alpha}", "x")', 'x1'],
    ['"aa".replace("^a", "b").replace("a$", "c")', 'bc'],
    ['"null".replace(null, "a")', 'a'],
  ])('%s: the first argument is a pattern of Java', async (expression, result) => {
    expect(await resultOf(`return ${expression};`)).toBe(result);
  });

  test('also what changes an array', async () => {
    const body =
      'const all = [1, 2, 3]; all.push(4); const last = all.pop(); const first = all.shift(); all.unshift(0);\n' +
      'const cut = all.splice(1, 1, 8, 9); delete all[0]; all.forEach((one) => { ctx.stash.last = one; });\n' +
      'return { all, last, first, cut, stash: ctx.stash };';

    expect(await resultOf(body)).toEqual({
      all: [null, 8, 9, 3],
      last: 4,
      first: 1,
      cut: [2],
      stash: { last: 3 },
    });
  });
});

test('a module has constants and functions besides its handlers, under any names', async () => {
  const code =
    "import { util as own } from '@aws-appsync/utils';\nconst KINDS = { a: 'A' };\nconst runtime = 'mine';\nconst kindOf = (name) => KINDS[name] ?? runtime;\nexport const request = ({ args }) => ({ payload: [kindOf(args.a), kindOf('a'), own.base64Encode('a')] });\nexport function response({ result, error }) {\n  if (error) own.error(error.message, error.type);\n  return result;\n}\n";
  await evaluator.load('code', code, 'field.js');

  expect(await call(evaluator, {})).toMatchObject({ value: '{"payload":["mine","A","YQ=="]}' });
});
