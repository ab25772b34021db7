import { endAsFailed } from '../records/endAsFailed.ts';
import { log } from '../aws/log.ts';
import { OrderFailed } from './errors.ts';
import { stepping } from './stepping.ts';

const ERROR_NAME = /^[A-Za-z0-9_.]{1,64}$/;

/** R6: ends the order, then fails the execution, so that alarms see it. The cause may hold internals: it goes nowhere. */
export const handler = stepping(async ({ orderId, fields }) => {
  const error = fields.textOrNull('error') ?? '';
  const name = ERROR_NAME.test(error) ? error : 'an error without a name';
  log('An order failed.', { orderId, error: name });
  await endAsFailed(orderId, `The workflow failed with ${name}.`);
  throw new OrderFailed(`Order "${orderId}" failed with ${name}.`);
});
