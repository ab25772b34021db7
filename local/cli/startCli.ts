import { flushCompileCache } from 'node:module';
import type { Launch } from './run.ts';

/** By then the first requests have been answered, and what serves them was compiled. */
const CACHE_FLUSH_MILLISECONDS = 3000;

/**
 * Runs the command line to its end, and ends the process with its exit code: 0 when it was stopped in order, 1 when it
 * cannot run, 2 for a flag that it does not have.
 */
export async function startCli(words: readonly string[], launch: Launch): Promise<never> {
  // The handlers stand before anything else is loaded: a signal during the start stops it, too.
  const stopping = Promise.withResolvers<void>();
  let isReady = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (!isReady) process.exit(0); // everything that counts is on disk; outputs.json is not there yet
      stopping.resolve();
    });
  }
  // Whatever read the output may go away (`npm start | head`): the cloud goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  // The data folder belongs to its owner, with all that is written into it.
  process.umask(0o077);

  const { run } = await import('./run.ts');
  const onReady = () => {
    isReady = true;
    setTimeout(flushCompileCache, CACHE_FLUSH_MILLISECONDS).unref(); // a process that is killed keeps nothing
  };
  process.exit(await run(words, { ...launch, onReady, stopping: stopping.promise }));
}
