import type { Work } from '../order/work.ts';

/**
 * Your own work after an order was confirmed. Put a function in the place of null:
 *
 *     export const afterApproval: Work | null = async (order, signal) => { … };
 *
 * It may run twice, so let the second run change nothing. An error is retried with growing waits, and ends the order as
 * FAILED when it does not go away; WorkRefused ends it at once. docs/own-work.md has examples.
 */
export const afterApproval: Work | null = null;
