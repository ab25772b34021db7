import { randomUUID } from 'node:crypto';
import type { Decision } from '../../schema.generated.ts';
import { isThrottling, isTransient } from '../aws/awsFailure.ts';
import { factsOf, log } from '../aws/log.ts';
import { OrderError } from '../order/errors.ts';

/** AppSync turns a thrown error into `Lambda:Unhandled`, so that errors travel to the resolver as data. */
export type Answer<Value> = { readonly ok: Value } | { readonly error: AnsweredError };

export type AnsweredError = {
  readonly type: string;
  readonly message: string;
  readonly info: { readonly retryable: boolean; readonly decision?: Decision };
};

/** The one place that turns a thrown value into an answer of the API. */
export const answering =
  <Value>(answer: (event: unknown) => Promise<Value>) =>
  async (event: unknown): Promise<Answer<Value>> => {
    try {
      return { ok: await answer(event) };
    } catch (error) {
      return { error: errorOf(error) };
    }
  };

function errorOf(error: unknown): AnsweredError {
  if (error instanceof OrderError) {
    const { type, message, decision } = error;
    return { type, message, info: { retryable: false, ...(decision === null ? {} : { decision }) } };
  }
  if (isThrottling(error)) {
    const message = 'Too many requests at once; the same request works in a moment.';
    return { type: 'Throttled', message, info: { retryable: true } };
  }
  const correlationId = randomUUID();
  log('A request failed.', { correlationId, ...factsOf(error) });
  const message = `Something failed inside; whoever runs this finds it in the log as ${correlationId}.`;
  return { type: 'InternalError', message, info: { retryable: isTransient(error) } };
}
