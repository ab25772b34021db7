import { createObject, readObject, removeObject, replaceObject, type StoredObject } from '../aws/objects.ts';
import { fieldsOf } from '../order/fields.ts';
import { waitingName, type WaitingEntry } from '../order/waitingEntry.ts';
import { listNames, type NamePage } from './names.ts';
import { retryLost } from './retryLost.ts';

// One object for an order that waits. Its name is the line on the worklist, its content the task token.

/** A task token and the attempt that it wakes. The token is a bearer secret: it stays in this object. */
export type TaskToken = {
  readonly token: string;
  readonly redriveCount: number;
  readonly retryCount: number;
};

const WAITING = { bucket: 'waiting', folder: '' } as const;

const placeOf = (entry: WaitingEntry) => ({ bucket: WAITING.bucket, key: waitingName(entry) });

export function parseToken({ value }: StoredObject): TaskToken {
  const fields = fieldsOf(value, 'a task token');
  return {
    token: fields.text('token'),
    redriveCount: fields.integer('redriveCount'),
    retryCount: fields.integer('retryCount'),
  };
}

export async function readToken(entry: WaitingEntry): Promise<TaskToken | null> {
  const stored = await readObject(placeOf(entry));
  return stored === null ? null : parseToken(stored);
}

export const isFirstAttempt = ({ redriveCount, retryCount }: TaskToken): boolean =>
  redriveCount === 0 && retryCount === 0;

const isNewer = (one: TaskToken, other: TaskToken): boolean =>
  one.redriveCount - other.redriveCount > 0 ||
  (one.redriveCount === other.redriveCount && one.retryCount > other.retryCount);

/**
 * Rule 2 (docs/protocol.md): a token replaces an older attempt's, never a newer one's, because a Lambda that the engine
 * gave up on may still be writing. The same attempt may have got a new token after a crash, so it replaces its own.
 */
export function storeToken(entry: WaitingEntry, token: TaskToken): Promise<'stored' | 'superseded'> {
  let isFirst = isFirstAttempt(token);
  return retryLost(async () => {
    const stored = isFirst ? null : await readObject(placeOf(entry));
    isFirst = false;
    if (stored !== null && isNewer(parseToken(stored), token)) return 'superseded';
    const place = placeOf(entry);
    const write = stored === null ? createObject(place, token) : replaceObject(place, token, stored.etag);
    return (await write) === null ? null : 'stored';
  });
}

/** Takes an order off the worklist; its token is gone with it. */
export const removeToken = (entry: WaitingEntry): Promise<void> => removeObject(placeOf(entry));

export const listWaiting = (limit: number, after: string | null): Promise<NamePage> =>
  listNames(WAITING, limit, after);
