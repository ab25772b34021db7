import { fstatSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
import { expect, test } from 'vitest';
import { definitionOf, runLambda } from './runLambda.ts';

const PORT = 'require("node:worker_threads").parentPort';

test.each([
  [
    'says nothing sensible to the thread that started it',
    `${PORT}.postMessage(null); ${PORT}.postMessage("ready")`,
  ],
  ['says half an answer to the thread that started it', `${PORT}.postMessage({ kind: "answer" })`],
  ['closes its output', 'require("fs").closeSync(1); require("fs").closeSync(2)'],
  ['closes its output later', 'await require("util").promisify(require("fs").close)(1)'],
  ['imports what closes its output', '(await import("node:fs")).closeSync(1)'],
  ['changes the flags of V8', 'require("v8").setFlagsFromString("--max-old-space-size=1")'],
])('a function that %s harms neither itself nor the cloud', async (_, statement) => {
  const { addInline, lambda } = runLambda();
  const heapLimit = getHeapStatistics().heap_size_limit;
  addInline(`exports.handler = async () => { ${statement}; return "well" }`);
  lambda.define({ ...definitionOf('other'), code: { inline: 'exports.handler = async () => "alive"' } });

  const first = await lambda.invoke('worker', '{}');
  const again = await lambda.invoke('worker', '{}');
  const other = await lambda.invoke('other', '{}');

  expect([first.payload, again.payload, other.payload]).toEqual(['"well"', '"well"', '"alive"']);
  expect([1, 2].map((descriptor) => fstatSync(descriptor).mode > 0)).toEqual([true, true]);
  expect(getHeapStatistics().heap_size_limit).toBe(heapLimit);
});

test.each([
  ['throws nothing', 'throw undefined', 'handled'],
  ['answers itself', 'const a = {}; a.a = a; return a', 'Runtime.JSONStringifyError'],
  [
    'answers what is too deep',
    'let a = 1; for (let i = 0; i < 1e5; i += 1) a = [a]; return a',
    'Runtime.JSONStringifyError',
  ],
  ['wants another folder', 'process.chdir("/")', 'TypeError'],
  ['aborts', 'process.abort()', 'TypeError'],
  [
    'ends with a text that nobody catches',
    'process.removeAllListeners("uncaughtException"); setTimeout(() => { throw "text" }); await new Promise(() => {})',
    'Runtime.ExitError',
  ],
])('a function that %s fails alone', async (_, statement, errorType) => {
  const { addInline, lambda } = runLambda();
  addInline(`exports.handler = async () => { ${statement} }`);

  const { payload, functionError } = await lambda.invoke('worker', '{}');

  expect(functionError).toBe('Unhandled');
  expect(JSON.parse(payload)).toMatchObject({ errorType });
});
