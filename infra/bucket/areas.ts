/** The parts of the bucket and their objects. Requests and decisions are facts: written once, never deleted. */
export const AREAS = {
  requests: 'requests/*.json',
  decisions: 'decisions/*.json',
  tokens: 'tokens/*.json',
  orders: 'orders/*.json',
  pending: 'pending/*',
  ended: 'ended/*',
} as const;

export type Area = keyof typeof AREAS;
