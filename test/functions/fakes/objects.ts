import { randomUUID } from 'node:crypto';
import type { Listing, Page, Place, StoredObject } from '../../../functions/aws/objects.ts';
import { operate, world } from './world.ts';

/** The records stand under their keys, and what waits under `waiting/`. */
const FOLDERS: Readonly<Record<string, string>> = { records: '', waiting: 'waiting/' };

function nameOf({ bucket, key }: Place): string {
  const folder = FOLDERS[bucket];
  if (folder === undefined) throw new Error(`There is no bucket "${bucket}".`);
  return `${folder}${key}`;
}

function put(name: string, text: string): string {
  const etag = randomUUID();
  world.objects.set(name, { text, etag });
  return etag;
}

export const readObject = (place: Place): Promise<StoredObject | null> =>
  operate('read', nameOf(place), () => {
    const found = world.objects.get(nameOf(place));
    return found === undefined ? null : { value: JSON.parse(found.text), etag: found.etag };
  });

export const createObject = (place: Place, value: unknown): Promise<string | null> =>
  operate('create', nameOf(place), () =>
    world.objects.has(nameOf(place)) ? null : put(nameOf(place), JSON.stringify(value)),
  );

export const replaceObject = (place: Place, value: unknown, etag: string): Promise<string | null> =>
  operate('replace', nameOf(place), () =>
    world.objects.get(nameOf(place))?.etag === etag ? put(nameOf(place), JSON.stringify(value)) : null,
  );

export const putMark = (place: Place): Promise<void> =>
  operate(
    'mark',
    nameOf(place),
    () => void world.objects.set(nameOf(place), { text: '', etag: 'of no bytes' }),
  );

export const removeObject = (place: Place): Promise<void> =>
  operate('remove', nameOf(place), () => void world.objects.delete(nameOf(place)));

export const listKeys = ({ bucket, prefix, limit, after }: Listing): Promise<Page> =>
  operate('list', nameOf({ bucket, key: prefix }), () => {
    const folder = nameOf({ bucket, key: '' });
    const keys = [...world.objects.keys()]
      .filter((name) => name.startsWith(`${folder}${prefix}`))
      .map((name) => name.slice(folder.length))
      .filter((key) => after === null || key > after)
      .toSorted();
    return { keys: keys.slice(0, limit), isLast: keys.length <= limit };
  });
