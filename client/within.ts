import type { Timers } from './platform.ts';

/**
 * Runs a piece of work that ends when it is done, when the time is over, or when the outer signal aborts. In the last
 * two cases the work's own signal aborts, and the promise rejects at once, whether or not the work heeds it.
 */
export async function within<Result>(
  timers: Timers,
  milliseconds: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  const { signal } = controller;
  const abort = () => controller.abort();
  const timer = timers.setTimeout(abort, milliseconds);
  outer?.addEventListener('abort', abort);
  try {
    const over = new Promise<never>((_resolve, reject) => signal.addEventListener('abort', reject));
    return await Promise.race([work(signal), over]);
  } catch (error) {
    outer?.throwIfAborted();
    throw error;
  } finally {
    timers.clearTimeout(timer);
    outer?.removeEventListener('abort', abort);
  }
}

/** Rejects with the signal's reason where that aborts before the time is over. */
export function sleep(timers: Timers, milliseconds: number, outer: AbortSignal | undefined): Promise<void> {
  const forever = () => new Promise<never>(() => {});
  return within(timers, milliseconds, outer, forever).catch(() => outer?.throwIfAborted());
}
