import type { Context, NONERequest } from '@aws-appsync/utils';
import type { SubscriptionOnOrderStatusArgs } from '../schema.generated.ts';
import { checkOrderId } from './input/checkOrderId.ts';

/** Runs once, when a client subscribes: an id that no order can have is refused instead of followed in vain. */
export function request(ctx: Context<SubscriptionOnOrderStatusArgs>): NONERequest {
  const orderId = ctx.args.orderId ?? null;
  if (orderId !== null) checkOrderId(orderId);
  return { payload: null };
}

export function response(): null {
  return null;
}
