import { randomUUID } from 'node:crypto';
import { isThrottling, isTransient } from '../aws/awsFailure.ts';
import { factsOf, log } from '../aws/log.ts';
import type { Answer, AnsweredError } from '../order/answer.ts';
import { OrderError } from '../order/errors.ts';

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
    const message = 'Too many requests. Retry in a moment.';
    return { type: 'Throttled', message, info: { retryable: true } };
  }
  const correlationId = randomUUID();
  log('A request failed.', { correlationId, ...factsOf(error) });
  const message = `Internal error. The operator can find the cause in the logs under id ${correlationId}.`;
  return { type: 'InternalError', message, info: { retryable: isTransient(error) } };
}
