import { isThrottling, isTransient } from '../aws/awsFailure.ts';
import { factsOf, log, logging, subject } from '../aws/log.ts';
import { emitMetrics } from '../aws/metrics.ts';
import type { Answer, AnsweredError } from '../order/answer.ts';
import { OrderError } from '../order/errors.ts';
import { fieldsOf } from '../order/fields.ts';

/** The one place that turns a thrown value into an answer of the API. */
export const answering =
  <Value>(answer: (event: unknown) => Promise<Value>) =>
  (event: unknown, context?: unknown): Promise<Answer<Value>> =>
    logging({ orderId: orderIdIn(event), context }, async () => {
      try {
        return { ok: await answer(event) };
      } catch (error) {
        return { error: errorOf(error) };
      }
    });

/** A field names its order itself or in its input. */
function orderIdIn(event: unknown): unknown {
  if (typeof event !== 'object' || event === null) return null;
  const fields = fieldsOf(event, 'the arguments of a field');
  return 'orderId' in event ? event.orderId : orderIdIn(fields.value('input'));
}

function errorOf(error: unknown): AnsweredError {
  if (error instanceof OrderError) {
    const { type, message, decision } = error;
    return { type, message, info: { retryable: false, ...(decision === null ? {} : { decision }) } };
  }
  if (isThrottling(error)) {
    const message = 'Too many requests. Retry in a moment.';
    return { type: 'Throttled', message, info: { retryable: true } };
  }
  const { correlationId } = subject();
  log('A request failed.', factsOf(error));
  emitMetrics({ RequestsFailed: 1 });
  const message = `Internal error. The operator can find the cause in the logs under id ${correlationId}.`;
  return { type: 'InternalError', message, info: { retryable: isTransient(error) } };
}
