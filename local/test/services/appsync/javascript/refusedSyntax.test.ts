import { describe, expect, test } from 'vitest';
import { checkCode } from '../../../../services/appsync/javascript/checkCode.ts';
import { handlerCode } from './handlerCode.ts';

/** Rule, and a body that breaks it on its second line and nowhere else. */
const STATEMENTS: readonly (readonly [string, string])[] = [
  ['no-throw', 'const one = 1;\n  throw one;'],
  ['no-throw', 'const one = 1;\n  if (one > 2) throw { message: "no" };'],
  ['no-try', 'let one = 1;\n  try { one = 2; } catch { one = 3; }'],
  ['no-try', 'let one = 1;\n  try { one = 2; } catch (error) { one = error; }'],
  ['no-try', 'let one = 1;\n  try { one = 2; } finally { one = 3; }'],
  ['no-continue', 'for (const one of [1]) {\n  if (one) continue; }'],
  ['no-while', 'let one = 1;\n  while (one < 3) { one += 1; }'],
  ['no-while', 'let one = 1;\n  do { one += 1; } while (one < 3);'],
  ['no-for', 'const all = [];\n  for (let i = 0; i < 3; i += 1) { all.push(i); }'],
  ['no-for', 'const all = [];\n  for (;;) { break; }'],
  ['no-labels', 'const all = [1];\n  outer: for (const one of all) { ctx.stash.one = one; }'],
  ['no-debugger', 'const one = 1;\n  debugger;'],
];

const OPERATORS: readonly (readonly [string, string])[] = [
  ['no-disallowed-unary-operators', 'let one = 1;\n  one++;'],
  ['no-disallowed-unary-operators', 'let one = 1;\n  ++one;'],
  ['no-disallowed-unary-operators', 'let one = 1;\n  one--;'],
  ['no-disallowed-unary-operators', 'let one = 1;\n  --one;'],
  ['no-disallowed-unary-operators', 'const one = 1;\n  return ~one;'],
  ['no-disallowed-unary-operators', 'const one = 1;\n  ctx.stash.count++;'],
  ['no-in-operator', 'const one = { a: 1 };\n  return "a" in one;'],
  ['no-disallowed-binary-operators', 'const one = [];\n  return one instanceof Array;'],
];

const FUNCTIONS: readonly (readonly [string, string])[] = [
  ['no-async', 'const one = 1;\n  const two = async () => one;'],
  ['no-async', 'const one = 1;\n  async function two() { return one; }'],
  ['no-async', 'const one = 1;\n  const two = async function () { return one; };'],
  ['no-async', 'const one = 1;\n  const two = { async three() { return one; } };'],
  ['no-generators', 'const one = 1;\n  function* two() { return one; }'],
  ['no-generators', 'const one = 1;\n  const two = function* () { return one; };'],
  ['no-generators', 'const one = 1;\n  const two = { *three() { return one; } };'],
  ['no-classes', 'const one = 1;\n  class Two {}'],
  ['no-classes', 'const one = 1;\n  const two = class {};'],
  ['no-this', 'const one = 1;\n  return this;'],
  ['no-this', 'const one = 1;\n  return this.one;'],
  ['no-accessors', 'const one = 1;\n  return { get two() { return one; } };'],
  ['no-accessors', 'let one = 1;\n  return { set two(value) { one = value; } };'],
  ['no-new', 'const one = 1;\n  return new Array(one);'],
  ['no-new', 'const one = 1;\n  return new Object();'],
  ['no-new', 'const one = 1;\n  return new Set([one]);'],
  ['no-new', 'const one = 1;\n  return new ctx.args.One(one);'],
  ['no-promise', 'const one = 1;\n  return new Promise(one);'],
  ['no-date', 'const one = 1;\n  return new Date(one);'],
  ['no-new', 'const one = 1;\n  function Two() { return new.target; }'],
];

const LITERALS: readonly (readonly [string, string])[] = [
  ['no-regex', 'const one = "a";\n  return one.match(/a/);'],
  ['no-regex', 'const one = "a";\n  return one.replace(/a/g, "b");'],
  ['no-bigint', 'const one = 1;\n  return 1n;'],
  ['no-tagged-templates', 'const tag = (parts) => parts[0];\n  return tag`text`;'],
  ['no-imports', 'const one = 1;\n  return import("node:fs");'],
  ['no-imports', 'const one = 1;\n  return import.meta;'],
];

describe.each([
  ['statements', STATEMENTS],
  ['operators', OPERATORS],
  ['functions and objects', FUNCTIONS],
  ['literals', LITERALS],
])('%s that APPSYNC_JS does not have are refused with file, line and rule', (_kind, table) => {
  test.each(table)('%s: %s', (rule, body) => {
    const problems = checkCode(handlerCode(body), 'field.js');

    expect(problems.map((problem) => [problem.file, problem.line, problem.rule])).toEqual([
      ['field.js', 4, rule],
    ]);
    expect(problems[0]?.message).toMatch(/APPSYNC_JS/);
  });
});

test('await and yield are named besides the function that they stand in', () => {
  const rules = (body: string) => checkCode(handlerCode(body), 'f').map(({ rule }) => rule);

  expect(rules('const one = async () => await 1;')).toEqual(['no-async', 'no-await']);
  expect(rules('const one = async () => { for await (const two of []) { ctx.stash.two = two; } };')).toEqual([
    'no-async',
    'no-await',
  ]);
  expect(rules('function* one() { yield 1; }')).toEqual(['no-generators', 'no-yield']);
});

test('a problem is told with its column, and all of a file in their order', () => {
  const problems = checkCode(
    handlerCode('  const one = ~1; let two = 1;\n  two++;\n  throw two;'),
    'field.js',
  );

  expect(problems.map(({ line, column, rule }) => [line, column, rule])).toEqual([
    [3, 15, 'no-disallowed-unary-operators'],
    [4, 3, 'no-disallowed-unary-operators'],
    [5, 3, 'no-throw'],
  ]);
});

describe('what cannot be parsed is refused where it ends to be JavaScript', () => {
  test.each([
    ['export function request( {', 1, 27],
    ['export function request(ctx) {\n  const = 1;\n}', 2, 9],
    ['export function request(ctx) {\n  with (ctx) { return 1; }\n}', 2, 3],
    ['export function request(ctx: Context) {}', 1, 28],
    ['const one = 1;\nconst one = 2;', 2, 7],
    ['export function request(ctx) { return await ctx; }', 1, 39],
    ['export function request(ctx) { super.one(); }', 1, 32],
    ['export { request };', 1, 10],
  ])('%s', (code, line, column) => {
    expect(checkCode(code, 'field.js')).toMatchObject([
      { file: 'field.js', line, column, rule: 'parser-error' },
    ]);
  });
});

describe('a code has at most 32,768 characters', () => {
  const filled = (characters: number, letter = 'x') => {
    const code = handlerCode('return {};');
    return `${code}//${letter.repeat(characters - code.length - 2)}`;
  };

  test('which are counted as characters, not as bytes or UTF-16', () => {
    expect(checkCode(filled(32_768), 'f')).toEqual([]);
    expect(checkCode(filled(32_768, 'ü'), 'f')).toEqual([]);
    expect(checkCode(filled(32_768, '😀'), 'f')).toEqual([]);
  });

  test('and one more is told with both numbers', () => {
    expect(checkCode(filled(32_769), 'field.js')).toEqual([
      {
        file: 'field.js',
        line: 1,
        column: 1,
        rule: 'code-too-long',
        message: 'The code has 32769 characters; 32768 are allowed.',
      },
    ]);
  });
});
