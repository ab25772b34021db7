import type { Context, LambdaRequest } from '@aws-appsync/utils';
import type { Answer } from '../functions/order/answer.ts';
import type { Order, QueryOrderArgs } from '../schema.generated.ts';
import { answerOf } from './input/answerOf.ts';
import { checkOrderId } from './input/checkOrderId.ts';
import { showsRequest } from './input/showsRequest.ts';

export function request(ctx: Context<QueryOrderArgs>): LambdaRequest {
  const payload = { orderId: checkOrderId(ctx.args.orderId), showsRequest: showsRequest(ctx.info) };
  return { operation: 'Invoke', payload };
}

type Answered = Context<QueryOrderArgs, object, undefined, undefined, Answer<Order> | null>;

export function response(ctx: Answered): Order | null {
  return answerOf(ctx.result, ctx.error ?? null);
}
