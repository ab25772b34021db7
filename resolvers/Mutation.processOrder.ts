import { util, type Context, type LambdaRequest } from '@aws-appsync/utils';
import type { Answer } from '../functions/order/answer.ts';
import type { MutationProcessOrderArgs, Order } from '../schema.generated.ts';
import { answerOf } from './input/answerOf.ts';
import { checkClaim } from './input/checkClaim.ts';
import { checkOrderDetails } from './input/checkOrderDetails.ts';
import { checkOrderId } from './input/checkOrderId.ts';
import { signedIn } from './input/signedIn.ts';

export function request(ctx: Context<MutationProcessOrderArgs>): LambdaRequest {
  const { orderId, orderDetails, requestedBy } = ctx.args.input;
  return {
    operation: 'Invoke',
    payload: {
      orderId: checkOrderId(orderId ?? util.autoId()),
      orderDetails: checkOrderDetails(orderDetails),
      requestedBy: checkClaim('requestedBy', requestedBy),
      person: signedIn(ctx.identity),
    },
  };
}

type Answered = Context<MutationProcessOrderArgs, object, undefined, undefined, Answer<Order> | null>;

export function response(ctx: Answered): Order | null {
  return answerOf(ctx.result, ctx.error ?? null);
}
