import { factsOf, log, logging } from '../aws/log.ts';
import { fieldsOf } from '../order/fields.ts';

/** A message of which `parse` has read what it asks for. */
export type Message<Work> = { readonly id: string; readonly work: Work };

/** The answer to SQS: these messages come again, the others are done. */
export type Failures = { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] };

/**
 * A function behind a queue. `parse` reads the body of one message, and one that it refuses comes again by itself; `handle`
 * answers the ids of the others that have to come again.
 */
export const batching =
  <Work>(
    parse: (body: unknown) => Work,
    handle: (messages: readonly Message<Work>[]) => Promise<readonly string[]>,
  ) =>
  (event: unknown, context?: unknown): Promise<Failures> =>
    logging({ orderId: null, context }, async () => {
      const refused: string[] = [];
      const messages = fieldsOf(event, 'an event of SQS')
        .list('Records')
        .flatMap((record) => {
          const { id, body } = parseRecord(record);
          try {
            return [{ id, work: parse(body) }];
          } catch (error) {
            log('A message could not be read.', factsOf(error));
            refused.push(id);
            return [];
          }
        });
      const failed = await handle(messages);
      return { batchItemFailures: [...refused, ...failed].map((itemIdentifier) => ({ itemIdentifier })) };
    });

function parseRecord(record: unknown): { readonly id: string; readonly body: unknown } {
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
