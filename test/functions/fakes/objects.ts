import { randomUUID } from 'node:crypto';
import type { Page, StoredObject } from '../../../functions/aws/objects.ts';
import { operate, world } from './world.ts';

function put(key: string, text: string): string {
  const etag = randomUUID();
  world.objects.set(key, { text, etag });
  return etag;
}

export const readObject = (key: string): Promise<StoredObject | null> =>
  operate('read', key, () => {
    const found = world.objects.get(key);
    return found === undefined ? null : { value: JSON.parse(found.text), etag: found.etag };
  });

export const createObject = (key: string, value: unknown): Promise<string | null> =>
  operate('create', key, () => (world.objects.has(key) ? null : put(key, JSON.stringify(value))));

export const replaceObject = (key: string, value: unknown, etag: string): Promise<string | null> =>
  operate('replace', key, () =>
    world.objects.get(key)?.etag === etag ? put(key, JSON.stringify(value)) : null,
  );

export const putMark = (key: string): Promise<void> =>
  operate('mark', key, () => void world.objects.set(key, { text: '', etag: 'of no bytes' }));

export const removeObject = (key: string): Promise<void> =>
  operate('remove', key, () => void world.objects.delete(key));

export const listKeys = (prefix: string, limit: number, after: string | null): Promise<Page> =>
  operate('list', prefix, () => {
    const keys = [...world.objects.keys()]
      .filter((key) => key.startsWith(prefix) && (after === null || key > after))
      .toSorted();
    return { keys: keys.slice(0, limit), isLast: keys.length <= limit };
  });
