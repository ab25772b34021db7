import type { Order } from '../../schema.generated.ts';
import { factsOf, log } from '../aws/log.ts';
import { WorkRefused, type Work } from '../order/work.ts';
import { WorkFailed } from './errors.ts';

/**
 * Runs own work until it is done, fails, or is out of time. Whatever it throws becomes WorkFailed, which the workflow
 * retries as often as the setting says; only WorkRefused passes, which nothing retries.
 */
export async function doWork(work: Work, order: Order, signal: AbortSignal): Promise<void> {
  try {
    signal.throwIfAborted();
    await Promise.race([work(order, signal), whenAborted(signal)]);
  } catch (error) {
    if (error instanceof WorkRefused) throw error;
    log('Own work failed.', { orderId: order.orderId, ...factsOf(error) });
    throw new WorkFailed('Own work failed.', { cause: error });
  }
}

/** Work that does not listen to the signal is left behind: a step that runs into its timeout would be retried as a lost one. */
const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
