/** The state of a pool whose instances are all in use, and of the machine, since the last look. */
export type PoolReadings = {
  /** How long the invocation that waits longest has waited. */
  readonly waitedMilliseconds: number;
  /** How much of the machine's processors the process used: from 0 to 1. */
  readonly processorShare: number;
  readonly instances: readonly InstanceReadings[];
};

export type InstanceReadings = {
  readonly isReady: boolean;
  /** How much of the time its thread was computing: from 0 to 1. */
  readonly load: number;
  /** How long its invocation has run; 0 without one. */
  readonly runningMilliseconds: number;
};

/** More threads that compute are slower on two cores, and each costs 30 MB. */
const MAX_COMPUTING_INSTANCES = 2;
/** Threads that only wait cost nothing but memory; functions that invoke each other need several. */
const MAX_INSTANCES = 10;
/** An invocation that has waited this long is worth a second instance, which makes a tenth more orders possible at 32 clients. */
const PATIENCE_MILLISECONDS = 100;
/** Where no processor is free another thread only slows the others down; but nothing waits behind one call for ever. */
const LONG_PATIENCE_MILLISECONDS = 2000;
const BUSY = 0.9;
const MOSTLY_WAITING = 0.5;

/**
 * Whether another instance would help: a second one soon, unless the processors are busy; a further one beside those whose
 * invocations have run for long, because they wait for something else than this process.
 */
export function needsInstance(readings: PoolReadings): boolean {
  const { waitedMilliseconds, processorShare, instances } = readings;
  if (instances.some(({ isReady }) => !isReady)) return false;
  if (instances.length < MAX_COMPUTING_INSTANCES) {
    return waitedMilliseconds >= (processorShare < BUSY ? PATIENCE_MILLISECONDS : LONG_PATIENCE_MILLISECONDS);
  }
  const areStuck = instances.every(
    ({ load, runningMilliseconds }) =>
      load < MOSTLY_WAITING && runningMilliseconds >= LONG_PATIENCE_MILLISECONDS,
  );
  return areStuck && waitedMilliseconds >= PATIENCE_MILLISECONDS && instances.length < MAX_INSTANCES;
}
