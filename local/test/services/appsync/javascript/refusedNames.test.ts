import { describe, expect, test } from 'vitest';
import { checkCode } from '../../../../services/appsync/javascript/checkCode.ts';
import { handlerCode } from './handlerCode.ts';

function rulesOf(body: string): readonly (readonly [number, string])[] {
  return checkCode(handlerCode(body), 'field.js').map(({ line, rule }) => [line, rule]);
}

describe('names that APPSYNC_JS does not have are refused', () => {
  const UNKNOWN =
    'fetch process setTimeout setInterval queueMicrotask setImmediate require module exports global globalThis window self Buffer URL TextEncoder WebAssembly Symbol Proxy Reflect Map Set WeakMap WeakRef BigInt RegExp Error TypeError Function eval Intl ArrayBuffer structuredClone crypto __dirname arguments unknownName';

  test.each(UNKNOWN.split(' '))('%s', (name) => {
    expect(rulesOf(`const one = 1;\n  return ${name};`)).toEqual([[4, 'no-undeclared-globals']]);
    expect(rulesOf(`const one = 1;\n  return typeof ${name};`)).toEqual([[4, 'no-undeclared-globals']]);
    expect(rulesOf(`const one = 1;\n  ctx.stash.a = { ${name} };`)).toEqual([[4, 'no-undeclared-globals']]);
  });

  test.each([
    ['no-promise', 'return Promise.resolve(1);'],
    ['no-promise', 'return Promise.all([]);'],
    ['no-date', 'return Date.now();'],
    ['no-date', 'return Date.parse("2026-01-01");'],
    ['no-date', 'return Date();'],
    ['no-undeclared-globals', 'counter = 1;'],
    ['no-undeclared-globals', '[counter] = [1];'],
    ['no-undeclared-globals', '({ counter } = { counter: 1 });'],
    ['no-undeclared-globals', 'for (counter of [1]) { ctx.stash.a = 1; }'],
    ['no-undeclared-globals', 'return ctx.args[counter];'],
    ['no-undeclared-globals', 'return `${counter}`;'],
  ])('%s: %s', (rule, body) => {
    expect(rulesOf(`const one = 1;\n  ${body}`)).toEqual([[4, rule]]);
  });

  test('also where the same name is declared in another place', () => {
    expect(rulesOf('const keep = (fetch) => [fetch];\n  return fetch;')).toEqual([
      [4, 'no-undeclared-globals'],
    ]);
    expect(rulesOf('if (ctx.args.a) { const inner = 1; ctx.stash.a = inner; }\n  return inner;')).toEqual([
      [4, 'no-undeclared-globals'],
    ]);
  });

  test('but not where they are names of properties', () => {
    expect(
      rulesOf('const { process, Date: day } = ctx.args;\n  return { fetch: process, Map: day };'),
    ).toEqual([]);
  });
});

describe('what does not change cannot be assigned', () => {
  test.each([
    ['no-const-assign', 'const one = 1;\n  one = 2;'],
    ['no-const-assign', 'const one = 1;\n  [one] = [2];'],
    ['no-const-assign', 'const one = 1;\n  one += 2;'],
    ['no-const-assign', 'const one = 1;\n  util = one;'],
    ['no-disallowed-re-assignment', 'const one = 1;\n  ctx = one;'],
    ['no-disallowed-re-assignment', 'const one = 1;\n  ctx.args = one;'],
    ['no-disallowed-re-assignment', 'const one = 1;\n  ctx.arguments = one;'],
    ['no-disallowed-re-assignment', 'const one = 1;\n  ctx["stash"] = one;'],
    ['no-disallowed-re-assignment', 'const one = "a";\n  ctx[one] = one;'],
    ['no-disallowed-re-assignment', 'const one = 1;\n  ctx.result = one;'],
    ['no-disallowed-re-assignment', 'const one = 1;\n  ctx.newProperty = one;'],
    ['no-disallowed-re-assignment', 'const one = 1;\n  delete ctx.stash;'],
    ['no-disallowed-re-assignment', 'const one = 1;\n  delete ctx?.args;'],
    ['no-disallowed-re-assignment', 'const one = 1;\n  for (ctx.args in { one }) { break; }'],
    ['no-disallowed-re-assignment', 'const one = { a: 1 };\n  ({ a: ctx.stash } = one);'],
  ])('%s: %s', (rule, body) => {
    expect(rulesOf(body)).toEqual([[4, rule]]);
  });

  test('ctx is the first parameter of a handler, whatever it is called and however it is exported', () => {
    const code =
      'const ask = (input, more) => {\n  input.args = more;\n};\nconst answer = (result) => {\n  result.stash = {};\n};\nexport { ask as request, answer as response };\n';

    expect(checkCode(code, 'f').map(({ line, rule }) => [line, rule])).toEqual([
      [2, 'no-disallowed-re-assignment'],
      [5, 'no-disallowed-re-assignment'],
    ]);
  });

  test('but the properties of args, stash and result are the handler’s own', () => {
    const body =
      'ctx.args.id = util.autoId();\n  ctx.stash.a = ctx.args ? 1 : 2; delete ctx.stash.b; ctx.stash.c ??= {};\n  if (ctx.args.id) { const ctx = { args: 1 }; ctx.args = 2; }\n  Object.assign(ctx.stash, { d: 1 });';

    expect(rulesOf(body)).toEqual([]);
  });
});

describe('methods that APPSYNC_JS does not have are refused', () => {
  const STATICS =
    'Object.create Object.defineProperties Object.defineProperty Object.freeze Object.getOwnPropertyDescriptor Object.getOwnPropertyDescriptors Object.getOwnPropertyNames Object.getOwnPropertySymbols Object.getPrototypeOf Object.is Object.isExtensible Object.isFrozen Object.isSealed Object.preventExtensions Object.seal Object.setPrototypeOf Array.from Array.of String.fromCharCode String.fromCodePoint';

  test.each(STATICS.split(' '))('%s, called or not', (name) => {
    const [object = '', method = ''] = name.split('.');

    expect(rulesOf(`const one = 1;\n  return ${name}(one);`)).toEqual([[4, 'no-disallowed-methods']]);
    expect(rulesOf(`const one = 1;\n  ctx.stash.a = [${object}['${method}'], one];`)).toEqual([
      [4, 'no-disallowed-methods'],
    ]);
  });

  test.each([
    '[1].copyWithin(0, 1)',
    '[1].entries()',
    '[1].keys()',
    '[1].values()',
    '[1].toString()',
    '[1].toLocaleString()',
    '"a".charCodeAt(0)',
    '"a".localeCompare("b")',
    '"a".matchAll("b")',
    '"a".padEnd(2)',
    '"a".padStart(2)',
    '"a".repeat(2)',
    '"a".search("b")',
    '"a".toLocaleLowerCase()',
    '"a".toLocaleUpperCase()',
    '"a".valueOf()',
    'ctx.args.text.padStart(3, "0")',
    'ctx.args.list.sort(ctx.args.order)',
    'Object.keys(ctx.args).keys()',
    'util.autoId.call(one)',
    'util.autoId.apply(one)',
    'util.autoId.bind(one)',
    'one["toString"]()',
  ])('%s', (expression) => {
    expect(rulesOf(`const one = [1];\n  return ${expression};`)).toEqual([[4, 'no-disallowed-methods']]);
  });
});
