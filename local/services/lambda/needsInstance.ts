/** The state of a pool whose instances are all in use, and of the machine, since the last look. */
export type PoolReadings = {
  /** How long the invocation that waits longest has waited. */
  readonly waitedMilliseconds: number;
  /** The same of those whose caller's time runs; 0 without one. */
  readonly urgentMilliseconds: number;
  /** How much of the time the main thread, which answers the functions' requests, was at work: from 0 to 1. */
  readonly mainLoad: number;
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
/** A person waits for the answer, and has a second instance soon. Steps of a workflow can wait. */
const URGENT_MILLISECONDS = 100;
/** An invocation that has waited this long is worth another instance. */
const PATIENCE_MILLISECONDS = 400;
/** On a busy machine another thread only slows the others down; but nothing waits behind one call for ever. */
const BUSY_PATIENCE_MILLISECONDS = 2000;
const BUSY = 0.7;
const MOSTLY_WAITING = 0.5;

/**
 * Whether another instance would help. A second one lets urgent invocations pass by each other, at any load. For the others an
 * instance that waits for a busy main thread does not count: a further one would wait for it, too. One whose invocation has run
 * for long waits for something else.
 */
export function needsInstance(readings: PoolReadings): boolean {
  const { waitedMilliseconds, urgentMilliseconds, mainLoad, processorShare, instances } = readings;
  if (instances.some(({ isReady }) => !isReady)) return false;
  if (instances.length < MAX_COMPUTING_INSTANCES && urgentMilliseconds >= URGENT_MILLISECONDS) return true;
  const isBusy = Math.max(mainLoad, processorShare) >= BUSY;
  const patience = isBusy ? BUSY_PATIENCE_MILLISECONDS : PATIENCE_MILLISECONDS;
  if (waitedMilliseconds < patience) return false;
  const areWaiting = instances.every(({ load }) => load < MOSTLY_WAITING);
  if (!areWaiting) return instances.length < MAX_COMPUTING_INSTANCES;
  const haveRunFor = (milliseconds: number) =>
    instances.every(({ runningMilliseconds }) => runningMilliseconds >= milliseconds);
  if (instances.length < MAX_COMPUTING_INSTANCES) return !isBusy || haveRunFor(patience);
  // Neighbours on the machine do not show in these readings: beyond two, only invocations that wait for something else count.
  return haveRunFor(BUSY_PATIENCE_MILLISECONDS) && instances.length < MAX_INSTANCES;
}
