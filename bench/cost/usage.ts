/** What one function does for an order that is confirmed without own work; test/functions/calls.test.ts counts it. */
type FunctionUsage = {
  /** Runs of the function. */
  readonly calls: number;
  readonly writes: number;
  readonly reads: number;
  readonly deletes: number;
  readonly publishes: number;
};

const NOTHING = { calls: 1, writes: 0, reads: 0, deletes: 0, publishes: 0 };

/** S3's messages about the request and the decision. */
export const RECORD_MESSAGES = 2;
/** A million orders a month are 4 messages in the window of a batch, 5 s. */
export const MESSAGES_PER_BATCH = 4;

/** The functions that run for an order that is confirmed once and looked at once, in the order in which they run. */
export const USAGE: Readonly<Record<string, FunctionUsage>> = {
  'api/processOrder': { ...NOTHING, writes: 1 }, // the request
  'steps/processOrder': NOTHING,
  'steps/storeTaskToken': { ...NOTHING, reads: 1, writes: 2, publishes: 2 }, // token; PROCESSING with PAUSED
  'api/order': { ...NOTHING, reads: 3 },
  'api/confirmOrder': { ...NOTHING, reads: 2, writes: 1 }, // the decision
  'steps/completeOrder': { ...NOTHING, reads: 2, writes: 2, deletes: 1, publishes: 2 }, // CONFIRMED with COMPLETED; ended
  'recovery/recordsCreated': { ...NOTHING, calls: RECORD_MESSAGES / MESSAGES_PER_BATCH, reads: 2 },
};

/** One subscriber follows the order for five minutes on a connection of its own. */
export const SUBSCRIBER = { webSocketOperations: 2, connectedMinutes: 5 } as const;

export const WARM_CALL_SECONDS = 0.05;
/** Lambda's own lines of one call: start, end and report. */
export const LOG_BYTES_PER_CALL = 600;
/** What Step Functions and AppSync log of an order that goes well, by level. */
export const LOG_BYTES_PER_ORDER = { ERROR: 0, ALL: 25_000 } as const;
