import type { Decision, DecisionKind, OrderStatus, OrderStatusEvent } from '../../client/countersign.ts';

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

export const DECISION_WORDS = {
  CONFIRMED: 'confirmed',
  REJECTED: 'rejected',
  CANCELLED: 'cancelled',
  EXPIRED: 'let expire',
  FAILED: 'could not be processed',
} satisfies Record<DecisionKind, string>;

/** What a line of the timeline says. */
export function eventWords({ status, reminder }: OrderStatusEvent): string {
  return status === 'PAUSED' && reminder !== null && reminder > 0
    ? `Reminder ${reminder}: still waiting`
    : STATUS_WORDS[status];
}

/** Who decided what, as a sentence. */
export function decisionWords({ kind, decidedBy, reason }: Decision, me: string): string {
  const because = reason === null || reason === '' ? '' : ` The reason given: “${reason}”`;
  if (kind === 'EXPIRED') return `The deadline passed before anybody decided.${because}`;
  if (kind === 'FAILED') return `The order failed before anybody decided.${because}`;
  const who = decidedBy === null || decidedBy === '' ? 'Somebody' : decidedBy === me ? 'You' : decidedBy;
  return `${who} ${DECISION_WORDS[kind]} this order.${because}`;
}

/** The first line of what the order is about; its id when it is about nothing. */
export function titleOf(orderId: string, details: string | null | undefined): string {
  const line = details?.trim().split('\n')[0] ?? '';
  return line === '' ? orderId : line;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long something still takes, in its two largest units. */
export function durationWords(milliseconds: number): string {
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(milliseconds / DAY), 'd'],
    [Math.floor((milliseconds % DAY) / HOUR), 'h'],
    [Math.floor((milliseconds % HOUR) / MINUTE), 'min'],
    [Math.floor((milliseconds % MINUTE) / SECOND), 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DAY_AND_TIME = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

export function timeWords(time: string | number, now: number): string {
  const date = new Date(time);
  const isToday = date.toDateString() === new Date(now).toDateString();
  return (isToday ? TIME : DAY_AND_TIME).format(date);
}
