import type { Context, NONERequest } from '@aws-appsync/utils';
import type { MutationPublishOrderStatusArgs, OrderStatusEventInput } from '../schema.generated.ts';

/** No data source: what a function publishes goes to the subscribers as it is. */
export function request(ctx: Context<MutationPublishOrderStatusArgs>): NONERequest {
  return { payload: ctx.args.input };
}

type Published = Context<MutationPublishOrderStatusArgs, object, undefined, undefined, OrderStatusEventInput>;

export function response(ctx: Published): OrderStatusEventInput {
  return ctx.result;
}
