import type { Decision } from '../../schema.generated.ts';
import { emitMetrics } from '../aws/metrics.ts';
import type { OrderRecord } from '../order/orderRecord.ts';
import type { Change } from './changeOrder.ts';

const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

const firstPause = ({ history }: OrderRecord): string | null =>
  history.find(({ status }) => status === 'PAUSED')?.at ?? null;

/** Counts a pause that was written just now, and tells how long the order is paused already. */
export function measurePause({ order, events }: Change): void {
  const pause = events.find(({ status }) => status === 'PAUSED');
  if (pause === undefined) return;
  const age = { PauseAge: secondsBetween(firstPause(order) ?? pause.at, pause.at) };
  emitMetrics(pause.reminder === 0 ? { OrdersPaused: 1, ...age } : age);
}

/** Tells how long an order was paused until a decision from outside; nothing of one that was decided before its pause. */
export function measureDecision(order: OrderRecord, { at }: Decision): void {
  const from = firstPause(order);
  if (from !== null) emitMetrics({ TimeToDecision: secondsBetween(from, at) });
}
