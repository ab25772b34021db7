import { isDenied, isTransient } from '../aws/awsFailure.ts';
import { ServiceUnavailable } from '../aws/errors.ts';
import { logging } from '../aws/log.ts';
import { fieldsOf, type Fields } from '../order/fields.ts';
import { parseOrderId, type OrderId } from '../order/orderId.ts';
import { workSignal } from './workSignal.ts';

export type StepInput = {
  readonly orderId: OrderId;
  readonly fields: Fields;
  /** Aborts a moment before the function's time is over. */
  readonly signal: AbortSignal;
};

/** A state's Lambda: reads the state's payload, and names failures so that the workflow can tell them apart. */
export const stepping =
  <Output>(step: (input: StepInput) => Promise<Output>) =>
  async (event: unknown, context?: unknown): Promise<Output> => {
    const fields = fieldsOf(event, 'the input of a step');
    const orderId = parseOrderId(fields.value('orderId'));
    const { signal, clear } = workSignal(context);
    try {
      return await logging({ orderId, context }, () => step({ orderId, fields, signal }));
    } catch (error) {
      if (!isTransient(error) && !isDenied(error)) throw error;
      throw new ServiceUnavailable('AWS was busy, refused, failed or did not answer.', { cause: error });
    } finally {
      clear();
    }
  };
