import { batching, succeeds } from './batching.ts';
import { createdRecords } from './createdRecords.ts';
import { recoverOrder } from './recoverOrder.ts';

/**
 * Rule 7 (docs/protocol.md): half a minute after a request or a decision was written, starts or resumes what a crash left
 * undone. Each order is read once, and nearly always that is all: the workflow has moved on.
 */
export const handler = batching(createdRecords, async (messages) => {
  const created = messages.flatMap(({ id, work }) => work.map((record) => ({ id, ...record })));
  const byOrder = Map.groupBy(created, ({ orderId }) => orderId);
  const failed = await Promise.all(
    [...byOrder].map(async ([orderId, records]) =>
      (await succeeds(orderId, () => recoverOrder(orderId, records))) ? [] : records.map(({ id }) => id),
    ),
  );
  return [...new Set(failed.flat())];
});
