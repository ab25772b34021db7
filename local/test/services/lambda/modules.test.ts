import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runLambda } from './runLambda.ts';

async function run(files: Readonly<Record<string, string>>, handler = 'index.handler'): Promise<unknown> {
  const { addFiles, lambda, folder } = runLambda();
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  addFiles(files, { handler });
  return JSON.parse((await lambda.invoke('worker', '{}')).payload);
}

test.each([
  [
    'an ES module',
    { 'index.mjs': 'export const handler = async () => import.meta.filename.slice(-3)' },
    'mjs',
  ],
  ['a script', { 'index.js': 'exports.handler = async () => __filename.slice(-2)' }, 'js'],
  ['a .cjs file', { 'index.cjs': 'exports.handler = async () => "cjs"' }, 'cjs'],
  [
    'a script with a script',
    { 'index.js': 'exports.handler = async () => require("./a")', 'a.js': 'module.exports = 1' },
    1,
  ],
  [
    'a .js file that its package makes a module',
    { 'index.js': 'export const handler = async () => "esm"', 'package.json': '{"type":"module"}' },
    'esm',
  ],
  [
    'a .js file that only a module can be',
    { 'index.js': 'export const handler = async () => "found"' },
    'found',
  ],
])('runs %s, whatever project the assembly lies in', async (_, files, answer) => {
  expect(await run(files)).toBe(answer);
});

test('finds a handler in a folder, and one inside an object', async () => {
  const files = { 'src/orders.mjs': 'export const api = { confirm: async () => "confirmed" }' };

  expect(await run(files, 'src/orders.api.confirm')).toBe('confirmed');
});

test('has the SDK for bundles that leave it out', async () => {
  const files = {
    'index.mjs':
      "import { SFNClient } from '@aws-sdk/client-sfn'; export const handler = async () => typeof SFNClient;",
  };

  expect(await run(files)).toBe('function');
});

test('has the SDK for source in the template that requires it', async () => {
  const source =
    "const { SFNClient } = require('@aws-sdk/client-sfn'); exports.handler = async () => typeof SFNClient;";

  expect(await run({ 'index.js': source })).toBe('function');
});

test.each([
  ['Runtime.ImportModuleError', {}, 'index.handler', /^Error: Cannot find module 'index'/],
  [
    'Runtime.ImportModuleError',
    { 'index.js': 'require("nowhere")' },
    'index.handler',
    /Cannot find module 'nowhere'/,
  ],
  [
    'Runtime.ImportModuleError',
    { 'index.mjs': 'import "nowhere"' },
    'index.handler',
    /Cannot find package 'nowhere'/,
  ],
  [
    'Runtime.ImportModuleError',
    { 'index.js': 'require("@aws-sdk/client-nothing")' },
    'index.handler',
    /Cannot find module '@aws-sdk\/client-nothing'[^]*run "npm install --save-dev @aws-sdk\/client-nothing" in your project/,
  ],
  [
    'Runtime.ImportModuleError',
    { 'index.mjs': 'import "@aws-sdk/client-nothing"' },
    'index.handler',
    /Cannot find package '@aws-sdk\/client-nothing'/,
  ],
  [
    'Runtime.UserCodeSyntaxError',
    { 'index.js': 'exports.handler = (' },
    'index.handler',
    /^SyntaxError: Unexpected end of input/,
  ],
  ['Runtime.UserCodeSyntaxError', { 'index.mjs': 'export const = 1' }, 'index.handler', /^SyntaxError: /],
  [
    'Runtime.HandlerNotFound',
    { 'index.mjs': 'export const other = 1' },
    'index.handler',
    /^index.handler is undefined or not exported$/,
  ],
  [
    'Runtime.HandlerNotFound',
    { 'index.mjs': 'export const handler = 1' },
    'index.handler',
    /^index.handler is not a function$/,
  ],
  ['Runtime.MalformedHandlerName', { 'index.mjs': '' }, 'index', /^Bad handler$/],
  ['Runtime.MalformedHandlerName', { 'index.mjs': '' }, '../index.handler', /is not a valid handler name/],
  ['RangeError', { 'index.mjs': 'throw new RangeError("at import")' }, 'index.handler', /^at import$/],
])('answers %s for a module that cannot be used (%j, %s)', async (errorType, files, handler, message) => {
  expect(await run(files, handler)).toEqual({
    errorType,
    errorMessage: expect.stringMatching(message),
    trace: expect.any(Array),
  });
});

test('imports the module again for the next invocation when it failed', async () => {
  const { addFiles, lambda, folder } = runLambda();
  addFiles({ 'index.js': 'require("./flag"); exports.handler = async () => "better now";' });
  const first = await lambda.invoke('worker', '{}');
  writeFileSync(join(folder, 'asset', 'flag.js'), '');

  const second = await lambda.invoke('worker', '{}');

  expect(first.functionError).toBe('Unhandled');
  expect(second.payload).toBe('"better now"');
});
