import {
  copyFileSync,
  cpSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  existsSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { keepValue, keptValue } from '../../../ground/store/meta.ts';
import { openStore } from '../../../ground/store/openStore.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const LOG_HEADER_BYTES = 32;
const FRAME_BYTES = 24 + 4096;

const fileOf = (folder: string) => join(folder, 'store.sqlite');
const logOf = (folder: string) => join(folder, 'store.sqlite-wal');

/** A store that was closed in order. */
async function closedStore(): Promise<string> {
  const folder = temporaryFolder();
  const store = openStore({ folder });
  for (let index = 0; index < 50; index += 1) {
    await store.write(() => keepValue(store, `name ${index}`, 'x'.repeat(1000)));
  }
  store.close();
  return folder;
}

/** The folder as a process leaves it that is killed: the last 50 commits are in the log alone. */
async function killedStore(): Promise<string> {
  const folder = await closedStore();
  const store = openStore({ folder });
  for (let index = 0; index < 50; index += 1) {
    await store.write(() => keepValue(store, `late ${index}`, 'y'.repeat(1000)));
  }
  const copy = temporaryFolder();
  cpSync(folder, copy, { recursive: true });
  store.close();
  return copy;
}

function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  writeFileSync(file, bytes);
}

describe('a store that was closed in order', () => {
  test.each([0.001, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999])(
    'is refused when one bit has changed at %f of its file, and the file is named',
    async (share) => {
      const folder = await closedStore();
      flip(fileOf(folder), Math.floor(statSync(fileOf(folder)).size * share));

      expect(() => openStore({ folder })).toThrow(`The store ${fileOf(folder)} is damaged: `);
    },
  );

  test.each([
    ['emptied', 0],
    ['cut inside its header', 50],
    ['cut in the middle', 20_000],
  ])('is refused when it was %s', async (_what, bytes) => {
    const folder = await closedStore();
    truncateSync(fileOf(folder), bytes);

    expect(() => openStore({ folder })).toThrow(/^The store .*store\.sqlite is (damaged|missing or empty)/);
  });

  test('is refused when a part of it was overwritten', async () => {
    const folder = await closedStore();
    const bytes = readFileSync(fileOf(folder));
    bytes.fill(0xa5, 8192, 8192 + 4096);
    writeFileSync(fileOf(folder), bytes);

    expect(() => openStore({ folder })).toThrow(/is damaged/);
  });

  test('is refused when it was removed, and begins anew when its witness is removed, too', async () => {
    const folder = await closedStore();
    rmSync(fileOf(folder));

    expect(() => openStore({ folder })).toThrow(/missing or empty.*store\.sqlite\.witness to begin anew/);
    rmSync(join(folder, 'store.sqlite.witness'));
    openStore({ folder }).close();
  });

  test('is refused when an older copy of it took its place', async () => {
    const folder = await closedStore();
    const older = join(temporaryFolder(), 'copy');
    copyFileSync(fileOf(folder), older);
    const store = openStore({ folder });
    await store.write(() => keepValue(store, 'later', 'z'));
    store.close();
    copyFileSync(older, fileOf(folder));

    expect(() => openStore({ folder })).toThrow(/it knows 50 of 51 commits/);
  });
});

describe('a store whose process was killed', () => {
  test('has all that was committed', async () => {
    const folder = await killedStore();

    const store = openStore({ folder });

    expect(keptValue(store, 'late 49', () => 'lost')).toBe('y'.repeat(1000));
    store.close();
  });

  test.each([
    ['first', 0],
    ['tenth', 10],
    ['thirtieth', 30],
  ])('is refused when a bit of the %s frame of its log has changed', async (_which, frame) => {
    const folder = await killedStore();
    flip(logOf(folder), LOG_HEADER_BYTES + frame * FRAME_BYTES + 100);

    expect(() => openStore({ folder })).toThrow(/it knows \d+ of 100 commits/);
  });

  test('is refused when the header of its log has changed', async () => {
    const folder = await killedStore();
    flip(logOf(folder), 9);

    expect(() => openStore({ folder })).toThrow(/it knows 50 of 100 commits/);
  });

  test.each([
    ['cut by one byte', (size: number) => size - 1],
    ['cut by its last commit', (size: number) => size - 2 * FRAME_BYTES],
    ['cut in the middle', (size: number) => Math.floor(size / 2)],
    ['emptied', () => 0],
  ])('is refused when its log was %s', async (_what, length) => {
    const folder = await killedStore();
    truncateSync(logOf(folder), length(statSync(logOf(folder)).size));

    expect(() => openStore({ folder })).toThrow(/it knows \d+ of 100 commits, because its log/);
  });

  test('is refused at every start when its log was removed, until the operator decides to go on with the rest', async () => {
    const folder = await killedStore();
    rmSync(logOf(folder));

    expect(() => openStore({ folder })).toThrow(/it knows 50 of 100 commits/);
    expect(() => openStore({ folder })).toThrow(/remove .*store\.sqlite\.witness to go on with what is left/);
    rmSync(join(folder, 'store.sqlite.witness'));
    const store = openStore({ folder });

    expect(keptValue(store, 'name 49', () => 'lost')).toBe('x'.repeat(1000));
    store.close();
  });

  test('keeps a broken log for a later repair', async () => {
    const folder = await killedStore();
    flip(logOf(folder), LOG_HEADER_BYTES + 10 * FRAME_BYTES + 100);
    const broken = readFileSync(logOf(folder));

    expect(() => openStore({ folder })).toThrow(/is damaged/);

    expect(readFileSync(`${logOf(folder)}.kept`)).toEqual(broken);
    expect(existsSync(logOf(folder))).toBe(false);
  });

  test('is used when the loss of power left its witness behind it, or empty', async () => {
    const behind = await killedStore();
    const empty = await killedStore();
    writeFileSync(join(behind, 'store.sqlite.witness'), `${'7'.padStart(16, '0')} ${'open'.padEnd(19)}\n`);
    truncateSync(join(empty, 'store.sqlite.witness'), 0);

    for (const folder of [behind, empty]) {
      const store = openStore({ folder });
      expect(keptValue(store, 'late 49', () => 'lost')).toBe('y'.repeat(1000));
      store.close();
    }
  });
});

describe('a file that is not of this version', () => {
  test('of a newer format is refused, and both formats are named', async () => {
    const folder = await closedStore();
    const database = new DatabaseSync(fileOf(folder));
    database.exec('PRAGMA user_version = 99');
    database.close();

    expect(() => openStore({ folder })).toThrow(
      /store\.sqlite has format 99, .* reads formats up to 4: use the newer/,
    );
  });

  test('of an older format is brought up to date and keeps what it holds', async () => {
    const folder = temporaryFolder();
    const database = new DatabaseSync(fileOf(folder));
    database.exec(`CREATE TABLE cloud_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      INSERT INTO cloud_meta VALUES ('name', 'of format 1'); PRAGMA user_version = 1`);
    database.close();

    const store = openStore({ folder });

    expect(keptValue(store, 'name', () => 'lost')).toBe('of format 1');
    expect(store.database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 4 });
    store.close();
  });

  test('of another program is refused and left as it is', () => {
    const folder = temporaryFolder();
    const database = new DatabaseSync(fileOf(folder));
    database.exec('CREATE TABLE songs (title TEXT); INSERT INTO songs VALUES (1)');
    database.close();
    const before = readFileSync(fileOf(folder));

    expect(() => openStore({ folder })).toThrow(/store\.sqlite is a database of another program/);
    expect(readFileSync(fileOf(folder)).equals(before)).toBe(true);
  });

  test('that is no database is refused', () => {
    const folder = temporaryFolder();
    copyFileSync(import.meta.filename, fileOf(folder));

    expect(() => openStore({ folder })).toThrow(/store\.sqlite is damaged: file is not a database/);
  });
});
