import { randomUUID } from 'node:crypto';
import { follow, type Following } from './follow.ts';
import { processOrder, type StatusEvent } from './graphql.ts';
import type { Outputs } from './localCloud.ts';

export type PausedOrder = {
  readonly orderId: string;
  /** Follows the order since before it was processed. */
  readonly live: Following;
  /** The event with which it paused. */
  readonly paused: StatusEvent;
};

/** A new order that waits for its confirmation. */
export async function pausedOrder(
  outputs: Outputs,
  input: { readonly orderDetails?: string } = {},
): Promise<PausedOrder> {
  const orderId = randomUUID();
  const live = await follow(outputs, orderId);
  await processOrder(outputs, { orderId, ...input });
  return { orderId, live, paused: await live.until('PAUSED') };
}
