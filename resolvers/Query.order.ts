import type { Context, LambdaRequest } from '@aws-appsync/utils';
import type { Answer } from '../functions/order/answer.ts';
import type { Order, QueryOrderArgs } from '../schema.generated.ts';
import { answerOf } from './input/answerOf.ts';
import { checkOrderId } from './input/checkOrderId.ts';

export function request(ctx: Context<QueryOrderArgs>): LambdaRequest {
  return { operation: 'Invoke', payload: { orderId: checkOrderId(ctx.args.orderId) } };
}

type Answered = Context<QueryOrderArgs, object, undefined, undefined, Answer<Order> | null>;

export function response(ctx: Answered): Order | null {
  return answerOf(ctx.result, ctx.error ?? null);
}
