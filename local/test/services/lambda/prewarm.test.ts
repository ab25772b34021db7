import { afterEach, expect, test, vi } from 'vitest';
import { definitionOf, runLambda } from './runLambda.ts';

afterEach(() => void vi.useRealTimers());

/** What the log says of an invocation after the function was started in advance, so many milliseconds ago. */
async function reportAfter(milliseconds: number, invocations: number): Promise<string> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { lambda, addInline, logFile, stop } = runLambda();
  addInline('exports.handler = async () => 1;');
  await lambda.prewarm();
  for (let count = 1; count < invocations; count += 1) await lambda.invoke('worker', '{}');
  vi.advanceTimersByTime(milliseconds);
  await lambda.invoke('worker', '{}');
  vi.useRealTimers();
  await stop();
  return (
    logFile()
      .split('\n')
      .findLast((line) => line.startsWith('REPORT')) ?? ''
  );
}

test('the first invocation finds a function that was started in advance', async () => {
  expect(await reportAfter(29_000, 1)).not.toContain('Init Duration');
});

test('a function that is not used within 30 s gives its memory back, and starts again when it is', async () => {
  expect(await reportAfter(31_000, 1)).toContain('Init Duration');
});

test('a function that was used keeps its instance', async () => {
  expect(await reportAfter(31_000, 2)).not.toContain('Init Duration');
});

/** Answers with the instance that it ran on, after a while. */
const HANDLER = `const instance = require('node:crypto').randomUUID();
exports.handler = async () => { await new Promise((resolve) => setTimeout(resolve, 100)); return instance; };`;

test('a second instance is kept while it is in use, and stopped when it has been free for a minute', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const { lambda, addInline, stop } = runLambda();
  addInline(HANDLER);
  await lambda.prewarm();
  const runTwo = async () => {
    const both = Promise.all([lambda.invoke('worker', '{}'), lambda.invoke('worker', '{}')]);
    vi.advanceTimersByTime(200); // one has waited for a turn: a second instance starts
    return new Set((await both).map(({ payload }) => payload));
  };
  const first = await runTwo();
  vi.advanceTimersByTime(58_000);
  const second = await runTwo();
  vi.advanceTimersByTime(2000);
  const third = await runTwo();
  vi.advanceTimersByTime(121_000);
  const fourth = await runTwo();
  vi.useRealTimers();
  await stop();

  expect(first.size).toBe(2);
  expect([second, third]).toEqual([first, first]);
  expect(fourth).not.toEqual(first);
});

/** Two functions that say when they are loaded. */
function runTwoFunctions() {
  const running = runLambda();
  const define = (name: string, text: string) =>
    running.lambda.define({
      ...definitionOf(name),
      code: { inline: `console.log('${text}'); exports.handler = async () => 1;` },
    });
  for (const name of ['first', 'second']) define(name, 'is loaded');
  const loaded = () => running.lines.map((line) => line.replace(/\S+Z\t.*\t/, ''));
  return { ...running, define, loaded };
}

test('a pause lets no further function start in advance until it is over', async () => {
  const { lambda, loaded } = runTwoFunctions();

  const warming = lambda.prewarm();
  lambda.pausePrewarm();
  await warming;
  const paused = loaded();
  await lambda.prewarm();

  expect(paused).toEqual(['first is loaded']);
  expect(loaded()).toEqual(['first is loaded', 'second is loaded']);
});

test('of functions that were started in advance before, only those that have changed are started again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { lambda, define, loaded } = runTwoFunctions();
  await lambda.prewarm();
  vi.advanceTimersByTime(31_000); // both have given their memory back
  vi.useRealTimers();

  for (const name of ['first', 'second']) define(name, name === 'first' ? 'is loaded' : 'has changed');
  await lambda.prewarm();

  expect(loaded()).toEqual(['first is loaded', 'second is loaded', 'second has changed']);
});
