import type { Work } from '../order/work.ts';

/**
 * Your own work after an order was confirmed. Put a function here:
 *
 *     export const afterApproval: Work | null = async (order) => { … };
 *
 * It may run twice, so let the second run change nothing. Throw to end the order as FAILED.
 */
export const afterApproval: Work | null = null;
