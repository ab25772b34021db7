/** What one function does for an order that is confirmed; counted from its source, and held by nothing else. */
type FunctionUsage = {
  readonly writes: number;
  readonly reads: number;
  readonly deletes: number;
  readonly publishes: number;
};

const NOTHING = { writes: 0, reads: 0, deletes: 0, publishes: 0 };

/** The functions that run for an order that is confirmed once and looked at once, in the order in which they run. */
export const USAGE: Readonly<Record<string, FunctionUsage>> = {
  'api/processOrder': { ...NOTHING, writes: 1 }, // the request
  'recovery/requestCreated': NOTHING,
  'steps/processOrder': { ...NOTHING, reads: 1, writes: 1, publishes: 1 }, // PROCESSING
  'steps/storeTaskToken': { ...NOTHING, reads: 2, writes: 3, publishes: 1 }, // token, PAUSED, mark on the worklist
  'api/order': { ...NOTHING, reads: 2 },
  'api/confirmOrder': { ...NOTHING, reads: 2, writes: 1 }, // the decision
  'recovery/decisionCreated': { ...NOTHING, reads: 1 },
  'steps/completeOrder': { reads: 2, writes: 2, deletes: 1, publishes: 2 }, // CONFIRMED, COMPLETED
};

/** One subscriber follows the order for five minutes on a connection of its own. */
export const SUBSCRIBER = { webSocketOperations: 2, connectedMinutes: 5 } as const;

export const WARM_CALL_SECONDS = 0.05;
/** Lambda's own lines of one call: start, end and report. */
export const LOG_BYTES_PER_CALL = 600;
/** What Step Functions and AppSync log of an order that goes well, by level. */
export const LOG_BYTES_PER_ORDER = { ERROR: 0, ALL: 25_000 } as const;
