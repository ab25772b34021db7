import type { Order } from '../../schema.generated.ts';

/**
 * Work of your own on an order. It may run twice, so let the second run change nothing. `signal` aborts a moment before
 * the time of the step is over. An error is retried with growing waits; WorkRefused ends the order at once.
 */
export type Work = (order: Order, signal: AbortSignal) => Promise<void>;

/** Thrown by own work: no retry can help, and the order ends as FAILED with the message as its reason. */
export class WorkRefused extends Error {
  override readonly name = 'WorkRefused';
}
