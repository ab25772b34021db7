import { util } from '@aws-appsync/utils';
import type { Decision } from '../../schema.generated.ts';

/** What a function of `functions/api/` answers: errors travel as data. */
export type Answer<Value> = { readonly ok?: Value; readonly error?: AnsweredError };
type AnsweredError = {
  readonly type: string;
  readonly message: string;
  readonly info: { readonly retryable: boolean; readonly decision?: Decision };
};
type Failure = { readonly message: string; readonly type: string };

/** The function's value, or its error as a GraphQL error of the same type. */
export function answerOf<Value>(answer: Answer<Value> | null, failure: Failure | null): Value | null {
  if (failure || !answer) return fail(failure ? failure.type : 'nothing');
  if (answer.error) return util.error(answer.error.message, answer.error.type, null, answer.error.info);
  return answer.ok ?? null;
}

/** The function did not get to answer. What it said stays in the log: it may name internals. */
function fail(type: string): never {
  const busy = 'Too many requests at once; the same request works in a moment.';
  if (type.includes('TooManyRequests') || type.includes('Throttl'))
    return util.error(busy, 'Throttled', null, { retryable: true });
  const correlationId = util.autoId();
  console.error({ message: 'A function failed.', correlationId, type });
  const message = `Something failed inside; whoever runs this finds it in the log as ${correlationId}.`;
  return util.error(message, 'InternalError', null, { retryable: true });
}
