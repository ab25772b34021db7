import { availableParallelism } from 'node:os';

/** How much of the machine's processors this process used since the last reading of the same object: from 0 to 1. */
export function createProcessorShare(): { readonly take: () => number } {
  let usage = process.cpuUsage();
  let at = performance.now();
  return {
    take: () => {
      const { user, system } = process.cpuUsage(usage);
      const microseconds = (performance.now() - at) * 1000 * availableParallelism();
      usage = process.cpuUsage();
      at = performance.now();
      return microseconds <= 0 ? 0 : (user + system) / microseconds;
    },
  };
}
