import type { LocalCloud } from '../../support/localCloud.ts';

/** What the process of a cloud holds, as its own debugger tells. */
export type Inspected = { readonly heapBytes: number; readonly timers: number };

type Answer = { readonly id?: number; readonly result?: Result };
type Result = { readonly usedSize?: number; readonly result?: { readonly value?: unknown } };

/** Starts the cloud's processes with a debugger that listens, without a change to the cloud. */
export const WITH_DEBUGGER = '--inspect=127.0.0.1:0';

/** The main thread's heap after a collection, and its timers. */
export async function inspect(cloud: LocalCloud): Promise<Inspected> {
  const url = cloud
    .printed()
    .match(/ws:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]+/g)
    ?.at(-1);
  if (url === undefined) throw new Error('The cloud has printed no address of its debugger.');
  const socket = new WebSocket(url);
  const opened = Promise.withResolvers<void>();
  const waiting = new Map<number, (result: Result) => void>();
  socket.addEventListener('open', () => opened.resolve());
  socket.addEventListener('error', () => opened.reject(new Error(`No debugger listens at ${url}.`)));
  socket.addEventListener('message', ({ data }) => {
    const { id, result }: Answer = JSON.parse(String(data));
    if (id !== undefined) waiting.get(id)?.(result ?? {});
  });
  await opened.promise;
  const call = (method: string, params: object = {}): Promise<Result> =>
    new Promise((resolve) => {
      const id = waiting.size + 1;
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
    });
  for (const _pass of [1, 2]) await call('HeapProfiler.collectGarbage');
  const { usedSize = Number.NaN } = await call('Runtime.getHeapUsage');
  const expression = 'process.getActiveResourcesInfo().filter((name) => name === "Timeout").length';
  const { result } = await call('Runtime.evaluate', { expression });
  socket.close();
  return { heapBytes: usedSize, timers: Number(result?.value) };
}
