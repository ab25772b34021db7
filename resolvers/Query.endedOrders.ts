import type { Context, LambdaRequest } from '@aws-appsync/utils';
import type { Answer } from '../functions/order/answer.ts';
import type { OrderPage, QueryEndedOrdersArgs } from '../schema.generated.ts';
import { answerOf } from './input/answerOf.ts';
import { checkLimit, checkNextToken } from './input/checkPage.ts';

export function request(ctx: Context<QueryEndedOrdersArgs>): LambdaRequest {
  const { limit, nextToken } = ctx.args;
  const payload = { limit: checkLimit(limit), nextToken: checkNextToken(nextToken) };
  return { operation: 'Invoke', payload };
}

type Answered = Context<QueryEndedOrdersArgs, object, undefined, undefined, Answer<OrderPage> | null>;

export function response(ctx: Answered): OrderPage | null {
  return answerOf(ctx.result, ctx.error ?? null);
}
