import { ValidationError } from './errors.ts';
import { parsePendingName } from './pendingEntry.ts';
import { quote } from './quote.ts';

const MAXIMUM_LIMIT = 100;
const DEFAULT_LIMIT = 20;

export function parseLimit(value: unknown): number {
  if (value === undefined || value === null) return DEFAULT_LIMIT;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAXIMUM_LIMIT)
    return value;
  throw new ValidationError(`limit ${quote(value)} is not allowed: it is 1 to ${MAXIMUM_LIMIT}.`);
}

/** The name of the worklist's line after which the next page begins. */
export const pageToken = (name: string): string => Buffer.from(name, 'utf8').toString('base64url');

export function parsePageToken(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const name = typeof value === 'string' ? Buffer.from(value, 'base64url').toString('utf8') : '';
  // Compared with its own encoding, because Buffer skips over what is not base64url.
  if (parsePendingName(name) !== null && pageToken(name) === value) return name;
  throw new ValidationError(`nextToken ${quote(value)} is not allowed: it comes from the page before.`);
}
