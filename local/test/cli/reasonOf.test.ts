import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { reasonOf } from '../../cli/reasonOf.ts';

/** What SQLite throws when it may not grow: the same as on a full disk. */
function writeToFull(): void {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE t (text TEXT); PRAGMA max_page_count = 2');
  database.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(100_000));
}

test('a start on a full disk says so in one line', () => {
  let thrown: unknown = null;
  try {
    writeToFull();
  } catch (error) {
    thrown = error;
  }

  expect(reasonOf(thrown)).toBe(
    'The disk is full (database or disk is full): free some space and start again.',
  );
});
