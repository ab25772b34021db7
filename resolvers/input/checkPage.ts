import { util } from '@aws-appsync/utils';
import {
  DEFAULT_PAGE_ORDERS,
  MAX_PAGE_ORDERS,
  MAX_PAGE_TOKEN_CHARACTERS,
} from '../../functions/order/limits.ts';
import { quote } from './quote.ts';
import { refuse } from './refuse.ts';

export function checkLimit(value: number | null | undefined): number {
  const limit = value ?? DEFAULT_PAGE_ORDERS;
  if (limit >= 1 && limit <= MAX_PAGE_ORDERS) return limit;
  return refuse(`limit must be between 1 and ${MAX_PAGE_ORDERS}; got ${limit}.`);
}

/** Only the function that made the token can read it. Here it has to look like one. */
export function checkNextToken(value: string | null | undefined): string | null {
  const nextToken = value ?? null;
  const pattern = `^[A-Za-z0-9_-]{1,${MAX_PAGE_TOKEN_CHARACTERS}}$`;
  if (nextToken === null || util.matches(pattern, nextToken)) return nextToken;
  return refuse(
    `nextToken ${quote(nextToken)} is not valid: pass the nextToken of the previous page unchanged.`,
  );
}
