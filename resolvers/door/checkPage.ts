import { util } from '@aws-appsync/utils';
import { quote } from './quote.ts';
import { refuse } from './refuse.ts';

const MOST_ORDERS = 100;
const DEFAULT_LIMIT = 20;

export function checkLimit(value: number | null | undefined): number {
  const limit = value ?? DEFAULT_LIMIT;
  if (limit >= 1 && limit <= MOST_ORDERS) return limit;
  return refuse(`limit ${limit} is not allowed: it is 1 to ${MOST_ORDERS}.`);
}

/** Only the function that made it can read it; here it has to look like one. */
export function checkNextToken(value: string | null | undefined): string | null {
  const nextToken = value ?? null;
  if (nextToken === null || util.matches('^[A-Za-z0-9_-]{1,200}$', nextToken)) return nextToken;
  return refuse(`nextToken ${quote(nextToken)} is not allowed: it comes from the page before.`);
}
