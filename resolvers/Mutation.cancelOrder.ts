import type { Context, LambdaRequest } from '@aws-appsync/utils';
import type { Answer } from '../functions/order/answer.ts';
import type { MutationCancelOrderArgs, Order } from '../schema.generated.ts';
import { answerOf } from './input/answerOf.ts';
import { checkClaim } from './input/checkClaim.ts';
import { checkOrderId } from './input/checkOrderId.ts';
import { signedIn } from './input/signedIn.ts';
import { showsRequest } from './input/showsRequest.ts';

export function request(ctx: Context<MutationCancelOrderArgs>): LambdaRequest {
  const { orderId, decidedBy, reason } = ctx.args.input;
  return {
    operation: 'Invoke',
    payload: {
      orderId: checkOrderId(orderId),
      decidedBy: checkClaim('decidedBy', decidedBy),
      reason: checkClaim('reason', reason),
      person: signedIn(ctx.identity),
      showsRequest: showsRequest(ctx.info),
    },
  };
}

type Answered = Context<MutationCancelOrderArgs, object, undefined, undefined, Answer<Order> | null>;

export function response(ctx: Answered): Order | null {
  return answerOf(ctx.result, ctx.error ?? null);
}
