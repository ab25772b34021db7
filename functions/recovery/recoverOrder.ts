import { startExecution } from '../aws/executions.ts';
import { emitMetrics } from '../aws/metrics.ts';
import { isOpen } from '../order/moves.ts';
import type { OrderId } from '../order/orderId.ts';
import { readDecision } from '../records/decisions.ts';
import { findRecord, type StoredOrder } from '../records/orders.ts';
import { readRequest } from '../records/requests.ts';
import { wakeUp } from '../records/wakeUp.ts';
import { findToken } from '../records/worklist.ts';
import type { CreatedRecord } from './createdRecords.ts';

/** Starts an order that the workflow has not written yet, and resumes one whose decision it has not obeyed. */
export async function recoverOrder(orderId: OrderId, records: readonly CreatedRecord[]): Promise<void> {
  const record = await findRecord(orderId);
  if (record === null) return start(orderId);
  const isDecided = records.some(({ kind }) => kind === 'decision');
  if (isDecided && isOpen(record.order.status)) await resume(orderId, record);
}

/** The workflow has not written the order yet: it was never started, or is slow. Starting it again does no harm. */
async function start(orderId: OrderId): Promise<void> {
  const request = await readRequest(orderId);
  if (request !== null) await startExecution(request);
}

async function resume(orderId: OrderId, record: StoredOrder): Promise<void> {
  const [decision, hint] = await Promise.all([readDecision(orderId), findToken(record)]);
  if (decision === null) return;
  const woken = await wakeUp({ orderId, kind: decision.kind, hint });
  if (woken === 'woken') emitMetrics({ DecisionsResumed: 1 });
}
