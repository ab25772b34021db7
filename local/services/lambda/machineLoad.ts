import { performance } from 'node:perf_hooks';
import { availableParallelism } from 'node:os';

/** Readings since the last one of the same object, each from 0 to 1. */
export type MachineLoad = {
  /** How much of the time this thread was at work. */
  readonly takeMainLoad: () => number;
  /** How much of the machine's processors this process used. */
  readonly takeProcessorShare: () => number;
};

export function createMachineLoad(): MachineLoad {
  let main = performance.eventLoopUtilization();
  let usage = process.cpuUsage();
  let at = performance.now();
  return {
    takeMainLoad: () => {
      const before = main;
      main = performance.eventLoopUtilization();
      return performance.eventLoopUtilization(main, before).utilization;
    },
    takeProcessorShare: () => {
      const { user, system } = process.cpuUsage(usage);
      const microseconds = (performance.now() - at) * 1000 * availableParallelism();
      usage = process.cpuUsage();
      at = performance.now();
      return microseconds <= 0 ? 0 : (user + system) / microseconds;
    },
  };
}
