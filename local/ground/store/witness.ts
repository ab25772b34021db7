import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { damaged, type Place } from './unusable.ts';

/**
 * A small file beside the store that knows how many commits were made and, after an orderly end, the checksum of the
 * whole store. SQLite takes a log that is cut, broken or gone for one that was shorter: the witness tells the difference.
 * It is written after each commit and never synced, so it may be behind the store (after a loss of power) but not ahead.
 */
export type Witness = {
  /** Whether the store is byte for byte the one that was closed. */
  readonly knewAll: boolean;
  /** Part of each commit: counts it in the store. */
  readonly count: () => void;
  /** After each commit: counts it in the file. */
  readonly note: () => void;
  /** Before the end: everything is in the main file, and nothing will change it. */
  readonly seal: () => void;
  /** After the database has been closed: closing a file of the store before would give up the lock on it. */
  readonly close: () => void;
};

const COUNT_DIGITS = 16;
const LINE = new RegExp(`^(\\d{${COUNT_DIGITS}}) (?:open {15}|closed (\\d{12}))\\n`);
const READ_BYTES = 1_048_576;

export const witnessFile = ({ file }: Place): string => `${file}.witness`;

/** Compares the store with what the witness knows; throws StoreUnusable when they differ. */
export function openWitness(database: DatabaseSync, place: Place): Witness {
  const known = readWitness(place);
  const counted = Number(database.prepare('SELECT count FROM cloud_commits').get()?.['count'] ?? 0);
  const store = openSync(place.file, 'r');
  refuseLoss(place, { counted, known, checksum: () => checksumOf(store) });
  const descriptor = openSync(witnessFile(place), existsSync(witnessFile(place)) ? 'r+' : 'w', 0o600);
  const update = database.prepare('UPDATE cloud_commits SET count = ?');
  const write = (end: string) =>
    writeSync(descriptor, `${String(count).padStart(COUNT_DIGITS, '0')} ${end.padEnd(19)}\n`, 0);
  let count = counted;
  let isSealed = false;
  write('open');
  return {
    knewAll: known !== null && known.checksum !== null,
    count: () => {
      count += 1;
      update.run(count);
    },
    note: () => {
      if (!isSealed) write('open'); // else a sync that was under way at the end has come back
    },
    seal: () => {
      isSealed = true;
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      write(`closed ${checksumOf(store)}`);
    },
    close: () => {
      closeSync(store);
      closeSync(descriptor);
    },
  };
}

type Known = { readonly count: number; readonly checksum: string | null };
type Found = { readonly counted: number; readonly known: Known | null; readonly checksum: () => string };

function refuseLoss(place: Place, { counted, known, checksum }: Found): void {
  if (known === null) return;
  if (counted < known.count) {
    const what = `it knows ${counted} of ${known.count} commits, because its log ${place.file}-wal was cut, changed or removed`;
    throw damaged(place, what, witnessFile(place));
  }
  if (known.checksum !== null && known.checksum !== checksum()) {
    const what = 'its bytes are not those with which it was closed';
    throw damaged(place, what, witnessFile(place));
  }
}

function readWitness(place: Place): Known | null {
  const file = witnessFile(place);
  const match = existsSync(file) ? LINE.exec(readFileSync(file, 'latin1')) : null;
  return match === null ? null : { count: Number(match[1]), checksum: match[2] ?? null };
}

/** Twelve digits: a changed byte anywhere changes them. */
function checksumOf(descriptor: number): string {
  const chunk = Buffer.alloc(Math.min(READ_BYTES, Math.max(fstatSync(descriptor).size, 1)));
  let sum = 0;
  for (let at = 0, read = -1; read !== 0; at += read) {
    read = readSync(descriptor, chunk, 0, chunk.length, at);
    sum = crc32(chunk.subarray(0, read), sum);
  }
  return String(sum).padStart(12, '0');
}
