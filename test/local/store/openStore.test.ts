import { copyFileSync, cpSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { keepValue, keptValue } from '../../../local/store/meta.ts';
import { openStore } from '../../../local/store/openStore.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

describe('the store', () => {
  test('keeps what was written after it is opened again', async () => {
    const folder = temporaryFolder();
    const first = openStore({ folder });
    await first.write(() => keepValue(first, 'name', 'value'));
    first.close();

    const second = openStore({ folder });

    expect(keptValue(second, 'name', () => 'made anew')).toBe('value');
    second.close();
  });

  test('has on disk what a resolved write holds, before anything is closed', async () => {
    const folder = temporaryFolder();
    const store = openStore({ folder });
    await store.write(() => keepValue(store, 'name', 'value'));

    const copy = temporaryFolder();
    cpSync(folder, copy, { recursive: true });
    const recovered = openStore({ folder: copy });

    expect(keptValue(recovered, 'name', () => 'lost')).toBe('value');
    recovered.close();
    store.close();
  });

  test('takes back the whole of a change that throws, and keeps the others of the batch', async () => {
    const store = openStore({ folder: temporaryFolder() });

    store.transact(() => keepValue(store, 'kept', 'yes'));
    const failing = () =>
      store.transact(() => {
        keepValue(store, 'half', 'done');
        throw new Error('half way');
      });

    expect(failing).toThrow('half way');
    await store.settled();
    expect(keptValue(store, 'kept', () => 'no')).toBe('yes');
    expect(keptValue(store, 'half', () => 'not done')).toBe('not done');
    store.close();
  });

  test('runs what waits for the commit after the commit, and drops it when its change is taken back', async () => {
    const store = openStore({ folder: temporaryFolder() });
    const ran: string[] = [];

    store.transact(() => {
      keepValue(store, 'a', 'b');
      store.afterCommit(() => ran.push('after'));
    });
    expect(() =>
      store.transact(() => {
        store.afterCommit(() => ran.push('never'));
        throw new Error('taken back');
      }),
    ).toThrow('taken back');
    const before = [...ran];
    await store.settled();

    expect({ before, after: ran }).toEqual({ before: [], after: ['after'] });
    store.close();
  });

  test('refuses a folder that is in use, and says what to do', () => {
    const folder = temporaryFolder();
    const store = openStore({ folder });

    expect(() => openStore({ folder })).toThrow(/Another process uses the data folder .*--data/);
    store.close();
  });

  test('refuses a store of a newer format and names both formats', () => {
    const folder = temporaryFolder();
    openStore({ folder }).close();
    const database = new DatabaseSync(join(folder, 'store.sqlite'));
    database.exec('PRAGMA user_version = 99');
    database.close();

    expect(() => openStore({ folder })).toThrow(/has format 99, and this version reads formats up to 1/);
  });

  test.each([
    ['emptied', 0],
    ['cut in the middle', 6000],
    ['cut inside its header', 50],
  ])('refuses a store that was %s instead of starting afresh', (_what, bytes) => {
    const folder = temporaryFolder();
    const store = openStore({ folder });
    store.transact(() => keepValue(store, 'name', 'x'.repeat(20_000)));
    store.close();

    truncateSync(join(folder, 'store.sqlite'), bytes);

    expect(() => openStore({ folder })).toThrow(/is damaged|missing or empty/);
  });

  test('refuses a store whose pages were overwritten', () => {
    const folder = temporaryFolder();
    const store = openStore({ folder });
    for (let index = 0; index < 2000; index += 1) {
      store.transact(() => keepValue(store, `name ${index}`, 'x'.repeat(100)));
    }
    store.close();
    const file = join(folder, 'store.sqlite');
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 8192, 8192 + 4096);
    writeFileSync(file, bytes);

    expect(() => openStore({ folder })).toThrow(/is damaged/);
  });

  test('refuses a file that is no store', () => {
    const folder = temporaryFolder();
    copyFileSync(import.meta.filename, join(folder, 'store.sqlite'));

    expect(() => openStore({ folder })).toThrow(/is damaged/);
  });

  test('refuses a data folder that is a file', () => {
    const folder = join(temporaryFolder(), 'file');
    writeFileSync(folder, '');

    expect(() => openStore({ folder })).toThrow(/cannot be written/);
  });

  test('keeps the folder to its owner', () => {
    const folder = join(temporaryFolder(), 'data');
    openStore({ folder }).close();

    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });
});
