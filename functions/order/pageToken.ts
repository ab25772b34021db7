import { ValidationError } from './errors.ts';
import { DEFAULT_PAGE_ORDERS, MAX_PAGE_ORDERS } from './limits.ts';
import { quote } from './quote.ts';

export function parseLimit(value: unknown): number {
  if (value === undefined || value === null) return DEFAULT_PAGE_ORDERS;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_PAGE_ORDERS)
    return value;
  throw new ValidationError(`limit must be between 1 and ${MAX_PAGE_ORDERS}; got ${quote(value)}.`);
}

/** The name in a list after which the next page begins; null: there is none. */
export const pageToken = (name: string | null): string | null =>
  name === null ? null : Buffer.from(name, 'utf8').toString('base64url');

/** `isName` tells whether a name can be in the list that is asked for. */
export function parsePageToken(value: unknown, isName: (name: string) => boolean): string | null {
  if (value === undefined || value === null) return null;
  const name = typeof value === 'string' ? Buffer.from(value, 'base64url').toString('utf8') : '';
  // Compared with its own encoding, because Buffer skips over what is not base64url.
  if (isName(name) && pageToken(name) === value) return name;
  throw new ValidationError(
    `nextToken ${quote(value)} is not valid: pass the nextToken of the previous page unchanged.`,
  );
}
