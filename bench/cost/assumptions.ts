// What a run on one machine cannot tell.

/** A million orders a month are 4 messages in the window of a batch, 5 s. */
export const MESSAGES_PER_BATCH = 4;

/** A subscriber follows the order for five minutes on a connection of its own. */
export const CONNECTED_MINUTES = 5;

/** Billed seconds of a run of a warm function: most of it waits for S3 and AppSync. */
export const WARM_RUN_SECONDS = 0.05;

/** What Step Functions logs of an order that goes well at the level ALL; at ERROR it is nothing. */
export const LOGGED_BYTES_AT_ALL = 25_000;

/** AppSync's log of a request without its fields and headers: eight lines, with the 26 bytes that CloudWatch counts for each. */
export const LOGGED_BYTES_PER_OPERATION = 1200;

/** Lambda reads an empty queue with five pollers that wait 20 s each. */
export const POLLS_PER_MONTH = 5 * 3 * 43_800;

/** The names that functions/ give to `emitMetrics`. */
export const OWN_METRICS = 7;
