import { factsOf, log, logging } from '../aws/log.ts';
import { fieldsOf } from '../order/fields.ts';

export type Message = { readonly id: string; readonly body: unknown };

/** What SQS is told: these messages come again, the others are done. */
export type Failures = { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] };

/** A function behind a queue. `handle` answers the ids of the messages that have to come again. */
export const batching =
  (handle: (messages: readonly Message[]) => Promise<readonly string[]>) =>
  (event: unknown, context?: unknown): Promise<Failures> =>
    logging({ orderId: null, context }, async () => {
      const records = fieldsOf(event, 'an event of SQS').list('Records');
      const failed = await handle(records.map(parseMessage));
      return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    });

function parseMessage(record: unknown): Message {
  const fields = fieldsOf(record, 'a message of SQS');
  return { id: fields.text('messageId'), body: bodyOf(fields.text('body')) };
}

/** Null for what is not JSON: the message then names no order, and is done. */
function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Answers whether it went well, and logs why not. */
export async function succeeds(orderId: string, action: () => Promise<void>): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (error) {
    log('A message could not be handled.', { orderId, ...factsOf(error) });
    return false;
  }
}
