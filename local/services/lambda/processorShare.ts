import { availableParallelism } from 'node:os';

/** Gives how much of the machine's processors this process took since it was last asked, from 0 to 1. */
export function createProcessorShare(): () => number {
  let usage = process.cpuUsage();
  let at = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(usage);
    const microseconds = (performance.now() - at) * 1000 * availableParallelism();
    usage = process.cpuUsage();
    at = performance.now();
    return microseconds <= 0 ? 0 : (user + system) / microseconds;
  };
}
