import type { Work } from '../order/work.ts';

/**
 * Your own work before an order pauses for its approval. Put a function here:
 *
 *     export const beforeApproval: Work | null = async (order) => { … };
 *
 * It may run twice, so let the second run change nothing. Throw to end the order as FAILED.
 */
export const beforeApproval: Work | null = null;
