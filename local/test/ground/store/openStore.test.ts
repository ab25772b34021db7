import { chmodSync, cpSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { keepValue, keptValue } from '../../../ground/store/meta.ts';
import { openStore } from '../../../ground/store/openStore.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

describe('the store', () => {
  test('has everything that was written when it is opened again', async () => {
    const folder = temporaryFolder();
    const first = openStore({ folder });
    await first.write(() => keepValue(first, 'name', 'value'));
    first.close();

    const second = openStore({ folder });

    expect(keptValue(second, 'name', () => 'made anew')).toBe('value');
    second.close();
  });

  test('has a resolved write on disk before anything is closed', async () => {
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

  test('can be closed while something waits for a commit that would write again', () => {
    const folder = temporaryFolder();
    const store = openStore({ folder });
    store.transact(() => {
      keepValue(store, 'name', 'value');
      store.afterCommit(() => keepValue(store, 'name', 'later'));
    });

    store.close();

    const again = openStore({ folder });
    expect(keptValue(again, 'name', () => 'made anew')).toBe('value');
    again.close();
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

  test('closes while the disk is busy with the last commit', async () => {
    const folder = temporaryFolder();
    const failures: Error[] = [];
    const store = openStore({ folder, onFailure: (error) => failures.push(error) });
    store.transact(() => keepValue(store, 'name', 'value'));
    await new Promise(setImmediate);

    store.close();
    await store.settled();

    const again = openStore({ folder });
    expect(keptValue(again, 'name', () => 'lost')).toBe('value');
    expect(failures).toEqual([]);
    again.close();
  });

  test('refuses a folder that is in use, and says what to do', () => {
    const folder = temporaryFolder();
    const store = openStore({ folder });

    expect(() => openStore({ folder })).toThrow(/Another process uses the data folder .*--data/);
    store.close();
  });

  test('refuses a data folder that is a file', () => {
    const folder = join(temporaryFolder(), 'file');
    writeFileSync(folder, '', { mode: 0o644 });

    expect(() => openStore({ folder })).toThrow(/is not a folder/);
    expect(statSync(folder).mode & 0o777).toBe(0o644);
  });

  test('keeps a new folder to its owner', () => {
    const folder = join(temporaryFolder(), 'deep', 'data');
    openStore({ folder }).close();

    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('keeps its files to its owner, and leaves a folder that was there as it is', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    openStore({ folder }).close();
    chmodSync(join(folder, 'store.sqlite'), 0o644);

    const store = openStore({ folder });

    const modes = ['.', 'store.sqlite', 'store.sqlite-wal', 'store.sqlite.witness'].map(
      (name) => statSync(join(folder, name)).mode & 0o777,
    );
    expect(modes).toEqual([0o755, 0o600, 0o600, 0o600]);
    store.close();
  });

  test.each(['notes.txt', '.git', 'package.json', 'store.sqlite.bak'])(
    'refuses a folder that holds %s and was never a data folder, and changes nothing in it',
    (name) => {
      const folder = temporaryFolder();
      writeFileSync(join(folder, name), 'mine', { mode: 0o644 });
      chmodSync(folder, 0o755);

      expect(() => openStore({ folder })).toThrow(
        `The folder ${folder} is neither empty nor a data folder: it holds ${name}. Choose an empty or a new folder with --data.`,
      );
      expect(statSync(folder).mode & 0o777).toBe(0o755);
      expect(readdirSync(folder)).toEqual([name]);
    },
  );

  test('refuses the database of another program without changing who may read it', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'store.sqlite');
    new DatabaseSync(file).exec('CREATE TABLE theirs (a)');
    chmodSync(file, 0o644);

    expect(() => openStore({ folder })).toThrow(/is a database of another program/);
    expect(statSync(file).mode & 0o777).toBe(0o644);
  });

  test('begins anew in a data folder whose store was removed on purpose', () => {
    const folder = temporaryFolder();
    for (const name of ['outputs.json', 'credentials', 'certificate.pem', '.DS_Store'])
      writeFileSync(join(folder, name), '');

    const store = openStore({ folder });

    expect(store.database.isOpen).toBe(true);
    store.close();
  });

  test.each([0o1777, 0o777])('refuses a folder that all users share: %o', (mode) => {
    const folder = temporaryFolder();
    chmodSync(folder, mode);

    expect(() => openStore({ folder })).toThrow(/is shared by all users/);
    expect(statSync(folder).mode & 0o1777).toBe(mode);
  });

  test('refuses a folder that cannot be made, at once', () => {
    expect(() => openStore({ folder: '/proc/countersign/data' })).toThrow(/cannot be written/);
  });

  test('tells a folder that cannot be written from one that is in use, whatever it is called', () => {
    const parent = join(temporaryFolder(), 'locked busy full');
    writeFileSync(parent, '');

    expect(() => openStore({ folder: join(parent, 'data') })).toThrow(/cannot be written/);
  });
});
