import { log } from '../aws/log.ts';
import type { Fields } from '../order/fields.ts';
import { fieldsOf } from '../order/fields.ts';
import { MAX_CLAIM_CHARACTERS } from '../order/limits.ts';
import { endAsFailed } from '../records/endAsFailed.ts';
import { OrderFailed } from './errors.ts';
import { stepping } from './stepping.ts';

const ERROR_NAME = /^[A-Za-z0-9_.]{1,64}$/;

/** Rule 6 (docs/protocol.md): ends the order, then fails the execution, so that alarms see it. */
export const handler = stepping(async ({ orderId, fields }) => {
  const error = fields.textOrNull('error') ?? '';
  const name = ERROR_NAME.test(error) ? error : 'an error without a name';
  log('An order failed.', { orderId, error: name });
  await endAsFailed(orderId, refusalIn(fields) ?? `The workflow failed with ${name}.`);
  throw new OrderFailed(`Order "${orderId}" failed with ${name}.`);
});

/** The message of WorkRefused is meant for people. Of any other error the cause may hold internals: it goes nowhere. */
function refusalIn(fields: Fields): string | null {
  if (fields.value('error') !== 'WorkRefused') return null;
  const message = messageIn(fields.textOrNull('cause') ?? '');
  return message === null ? null : [...message].slice(0, MAX_CLAIM_CHARACTERS).join('');
}

/** Lambda's cause is JSON; Step Functions cuts a long one, which then is not. */
function messageIn(cause: string): string | null {
  try {
    return fieldsOf(JSON.parse(cause), 'the cause of an error').textOrNull('errorMessage');
  } catch {
    return null;
  }
}
