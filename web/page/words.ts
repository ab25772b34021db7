import type { AnyClientError, Decision, OrderStatus, OrderStatusEvent } from '../../client/countersign.ts';

export const STATUS_WORDS = {
  RECEIVED: 'Received',
  PROCESSING: 'Processing',
  PAUSED: 'Waiting for a decision',
  CONFIRMED: 'Confirmed',
  COMPLETED: 'Completed',
  REJECTED: 'Rejected',
  EXPIRED: 'Expired',
  CANCELLED: 'Cancelled',
  FAILED: 'Failed',
} satisfies Record<OrderStatus, string>;

/** What a line of the history says. */
export function eventWords({ status, reminder }: OrderStatusEvent): string {
  return status === 'PAUSED' && reminder !== null && reminder > 0
    ? `Reminder ${reminder}: still waiting`
    : STATUS_WORDS[status];
}

/** The decider, as a person with this name reads it. */
export function deciderOf({ decidedBy }: Decision, me: string): string {
  if (decidedBy === null || decidedBy.trim() === '') return 'Somebody without a name';
  return decidedBy === me ? 'You' : decidedBy;
}

/** Why the API takes nothing from this page any more. */
export const NOT_ACCEPTED = {
  claim: 'The API key is wrong or has expired. Reload the page.',
  token: 'The API does not accept your sign-in any more. Sign in again.',
};

/** Why the API did not do it; how it can be out of reach is of no use to a person. */
export function errorWords({ type, message }: AnyClientError): string {
  return type === 'Unreachable' ? 'The API could not be reached.' : message;
}

/** Names of errors inside AWS and JavaScript, which tell a person nothing. */
const INTERNAL_NAME = /\b(?:Sandbox|Lambda|Runtime|States|S3|SQS|AWS|ECS)\.\w+|\b\w*(?:Error|Exception)\b/;

/** Why an order failed, in words for the people who wait for it. */
export function failureWords(reason: string | null): string {
  if (reason === null || reason.trim() === '') return 'No reason was recorded.';
  if (/Timed?out/i.test(reason) && INTERNAL_NAME.test(reason)) {
    return 'A step took too long and was stopped.';
  }
  return INTERNAL_NAME.test(reason) ? 'A step stopped because of an unexpected error.' : reason;
}
