import { Refusal } from '../refusal.ts';
export type Place = { readonly folder: string; readonly file: string };

/** SQLite's primary result codes, and the system's names, by what the user can do about them. */
const IN_USE = [5, 6];
const DAMAGED: readonly (string | number)[] = [11, 26];
const FULL = [13, 'ENOSPC', 'EDQUOT'];
const NOT_WRITABLE = [
  8,
  10,
  14,
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOENT',
  'ENOTDIR',
  'EEXIST',
  'ENAMETOOLONG',
  'ELOOP',
  'EIO',
];

/** What to tell about an error of SQLite or of the file system; anything else stays as it is. */
export function unusable(place: Place, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreUnusable) return error;
  const code = codeOf(error);
  if (DAMAGED.includes(code)) return damaged(place, error.message);
  const found = REASONS.find(([codes]) => codes.includes(code));
  if (found === undefined) return error;
  const Kind = found[0] === IN_USE ? StoreInUse : StoreUnusable;
  return new Kind(found[1](place, error), { cause: error });
}

/** `witness`: the file whose removal lets the store be used as it is, where that is possible. */
export function damaged({ file }: Place, what: string, witness: string | null = null): StoreDamaged {
  const asItIs = witness === null ? '' : `, or remove ${witness} to go on with what is left`;
  return new StoreDamaged(
    `The store ${file} is damaged: ${what}. Restore the folder from a copy, choose a new one with --data${asItIs}.`,
  );
}

type Reason = (place: Place, error: Error) => string;

const REASONS: readonly (readonly [readonly (string | number)[], Reason])[] = [
  [
    IN_USE,
    ({ folder }) =>
      `Another process uses the data folder ${folder}: stop it, or choose another folder with --data.`,
  ],
  [
    FULL,
    ({ folder }) => `The disk that holds the data folder ${folder} is full: free some space and start again.`,
  ],
  [
    NOT_WRITABLE,
    ({ folder }, { message }) =>
      `The data folder ${folder} cannot be written (${message}): check its permissions, or choose another with --data.`,
  ],
];

function codeOf(error: Error): string | number {
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode & 0xff;
  return 'code' in error ? String(error.code) : '';
}

/** Why the data folder cannot be used. The message is the one line that the user sees. */
export class StoreUnusable extends Refusal {
  override readonly type = 'StoreUnusable';
}

/** Another process has the store open. */
export class StoreInUse extends StoreUnusable {}

/** The store is not what was written into it. */
export class StoreDamaged extends StoreUnusable {}
