/**
 * The parts of the bucket of records and their objects. Requests and decisions are facts: written once, never deleted.
 * Tokens and pending are read for orders that version 1 paused; nothing writes them any more.
 */
export const AREAS = {
  requests: 'requests/*.json',
  decisions: 'decisions/*.json',
  orders: 'orders/*.json',
  ended: 'ended/*',
  tokens: 'tokens/*.json',
  pending: 'pending/*',
} as const;

export type Area = keyof typeof AREAS;
