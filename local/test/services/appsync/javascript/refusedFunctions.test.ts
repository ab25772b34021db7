import { describe, expect, test } from 'vitest';
import { checkCode } from '../../../../services/appsync/javascript/checkCode.ts';
import { handlerCode } from './handlerCode.ts';

const rulesOf = (body: string) =>
  checkCode(handlerCode(body), 'field.js').map(({ line, rule }) => [line, rule]);

describe('functions are no values', () => {
  test.each([
    'const twice = (f) => [f];\n  return twice(() => 1);',
    'const twice = (f) => [f];\n  return twice(function () { return 1; });',
    'const one = () => 1; function twice(f) { return f; }\n  return twice(one);',
    'function one() { return 1; } const twice = function (f) { return f; };\n  return twice(ctx, one);',
    'const one = () => 1; const twice = (f) => [f];\n  return twice(ctx.args.a ? one : null);',
    'const all = [2, 1];\n  return all.sort((a, b) => a - b);',
    'const order = (a, b) => a - b;\n  return [2, 1].sort(order);',
    'const all = [1];\n  return JSON.stringify(all, (key, value) => value);',
    'const all = "[1]";\n  return JSON.parse(all, (key, value) => value);',
    'const text = "a";\n  return text.replace("a", (found) => found);',
    'const one = () => 1;\n  console.log(one);',
    'const one = () => 1;\n  util.error("no", "Type", one);',
    'const take = { one: (f) => [f] };\n  return take.one(() => 1);',
    'const one = 1;\n  return ((f) => [f])(() => one);',
  ])('none is passed but to a method of arrays: %s', (body) => {
    expect(rulesOf(body)).toEqual([[4, 'no-function-passing']]);
  });

  test.each([
    'const one = 1;\n  return () => one;',
    'const one = 1;\n  return function () { return one; };',
    'const one = () => 1;\n  return one;',
    'function one() { return 1; }\n  return one;',
    'const one = 1;\n  const two = () => () => one;',
    'const one = 1;\n  const two = () => function () { return one; };',
    'const one = () => 1;\n  const two = () => one;',
    'const one = () => 1;\n  return ctx.args.a ? one : null;',
    'const one = () => 1;\n  return ctx.args.a ?? one;',
    'const one = () => 1;\n  ctx.stash.a = [1].map(() => one);',
  ])('none is returned: %s', (body) => {
    expect(rulesOf(body)).toEqual([[4, 'no-function-return']]);
  });

  test.each([
    'const one = () => 1;\n  const two = one;',
    'function one() { return 1; }\n  let two = one;',
    'const one = () => 1; let two = null;\n  two = one;',
    'function one() { return 1; }\n  one = 1;',
    'let one = () => 1;\n  one = () => 2;',
    'let one = () => 1;\n  [one] = [2];',
  ])('none is assigned: %s', (body) => {
    expect(rulesOf(body)).toEqual([[4, 'no-function-reassign']]);
  });
});

describe('no function comes back to itself', () => {
  test.each([
    ['const count = (n) =>\n  n === 0 ? 0 : count(n - 1);\n  return count(3);', [4]],
    ['function count(n) {\n  return n === 0 ? 0 : count(n - 1); }\n  return count(3);', [4]],
    ['const count = function self(n) {\n  return n === 0 ? 0 : self(n - 1); };\n  return count(3);', [4]],
    ['const count = (list) =>\n  list.map((each) => count(each));\n  return count([]);', [4]],
    ['const ping = (n) =>\n  pong(n);\n const pong = (n) =>\n  ping(n);\n  return ping(1);', [4, 6]],
    [
      'function one() {\n  two(); }\nfunction two() {\n  three(); }\nconst three = () => {\n  one(); };\n  one();',
      [4, 6, 8],
    ],
  ])('%s', (body, lines) => {
    expect(rulesOf(body)).toEqual(lines.map((line) => [line, 'no-recursion']));
  });

  test('a handler does not call itself', () => {
    expect(rulesOf('ctx.stash.a = 1;\n  return request(ctx);')).toEqual([[4, 'no-recursion']]);
  });
});

describe('functions are called, and given to methods of arrays', () => {
  test.each([
    'const one = (a) => a; return one(one(ctx.args.a));',
    'const one = (a) => a; const two = (a) => one(a) + one(a); return two(1);',
    'const one = (a) => a > 1; return [1, 2].filter(one);',
    'return [1].map((a) => a).filter(Boolean).map(String);',
    'const all = [1]; return all.flatMap(function (a) { return [a]; });',
    'const own = { one: (a) => a, two() { return 2; } }; return own.one(own.two());',
    'const one = () => { const two = () => 2; return two(); }; return one();',
    'return (() => ctx.args.a)();',
    'let result = null; [1].forEach((a) => { result = a; }); return result;',
  ])('%s', (body) => {
    expect(rulesOf(body)).toEqual([]);
  });

  test.each(
    'map find filter findIndex findLast findLastIndex forEach reduce reduceRight every some flatMap'.split(
      ' ',
    ),
  )('%s takes a function', (method) => {
    expect(
      rulesOf(`const f = (a) => a; ctx.stash.a = [1].${method}(f); return [1]?.${method}((a) => a);`),
    ).toEqual([]);
  });
});
