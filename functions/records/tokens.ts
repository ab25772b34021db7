import { createObject, readObject, replaceObject, type StoredObject } from '../aws/objects.ts';
import { fieldsOf } from '../order/fields.ts';
import type { OrderId } from '../order/orderId.ts';
import { retryLost } from './retryLost.ts';

/** A task token and the attempt that it wakes. The token is a bearer secret: it stays in this object. */
export type TaskToken = {
  readonly token: string;
  readonly redriveCount: number;
  readonly retryCount: number;
};

const keyOf = (orderId: OrderId) => `tokens/${orderId}.json`;

function parseToken({ value }: StoredObject): TaskToken {
  const fields = fieldsOf(value, 'a task token');
  return {
    token: fields.text('token'),
    redriveCount: fields.integer('redriveCount'),
    retryCount: fields.integer('retryCount'),
  };
}

export async function readToken(orderId: OrderId): Promise<TaskToken | null> {
  const stored = await readObject(keyOf(orderId));
  return stored === null ? null : parseToken(stored);
}

const isNewer = (one: TaskToken, other: TaskToken): boolean =>
  one.redriveCount - other.redriveCount > 0 ||
  (one.redriveCount === other.redriveCount && one.retryCount > other.retryCount);

/**
 * R2: a token replaces an older attempt's, never a newer one's: a Lambda that the engine gave up on may still be
 * writing. The same attempt may have got a new token after a crash, so it replaces its own.
 */
export function storeToken(orderId: OrderId, token: TaskToken): Promise<'stored' | 'superseded'> {
  let isFirst = token.redriveCount === 0 && token.retryCount === 0;
  return retryLost(async () => {
    const stored = isFirst ? null : await readObject(keyOf(orderId));
    isFirst = false;
    if (stored !== null && isNewer(parseToken(stored), token)) return 'superseded';
    const key = keyOf(orderId);
    const write = stored === null ? createObject(key, token) : replaceObject(key, token, stored.etag);
    return (await write) === null ? null : 'stored';
  });
}
