import { util } from '@aws-appsync/utils';
import type { Answer } from '../../functions/order/answer.ts';

type Failure = { readonly message: string; readonly type: string };

/** The function's value, or its error as a GraphQL error of the same type. */
export function answerOf<Value>(answer: Answer<Value> | null, failure: Failure | null): Value | null {
  if (failure || !answer) return fail(failure ? failure.type : 'nothing');
  if (answer.error) return util.error(answer.error.message, answer.error.type, null, answer.error.info);
  return answer.ok;
}

/** The function did not get to answer. What it said stays in the log: it may name internals. */
function fail(type: string): never {
  const busy = 'Too many requests. Retry in a moment.';
  if (type.includes('TooManyRequests') || type.includes('Throttl'))
    return util.error(busy, 'Throttled', null, { retryable: true });
  const correlationId = util.autoId();
  console.error({ message: 'A function failed.', correlationId, type });
  const message = `Internal error. The operator can find the cause in the logs under id ${correlationId}.`;
  return util.error(message, 'InternalError', null, { retryable: true });
}
