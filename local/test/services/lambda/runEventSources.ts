import { expect, vi } from 'vitest';
import { createEventSources } from '../../../services/lambda/eventSources/createEventSources.ts';
import type { EventSourceMapping } from '../../../services/lambda/eventSources/eventSources.ts';
import type { QueueDefinition } from '../../../services/sqs/sqs.ts';
import { ARN, serveSqs } from '../sqs/serveSqs.ts';

export const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:111111111111:function:worker';

export type SqsRecord = {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
};

/** An invocation that waits for its answer. */
export type Batch = {
  readonly records: readonly SqsRecord[];
  readonly bodies: readonly string[];
  /** Answers with a value, or with the error of a function. */
  readonly answer: (value: unknown) => void;
  readonly fail: () => void;
};

/** CloudFormation's defaults for a queue as event source. */
export const MAPPING: EventSourceMapping = {
  id: 'mapping',
  queueArn: ARN,
  functionArn: FUNCTION_ARN,
  enabled: true,
  batchSize: 10,
  batchingWindowSeconds: 0,
  maximumConcurrency: 1000,
  reportsFailures: false,
};

/** A real queue with a mapping, and a function that answers when the test says so. */
export async function runEventSources(
  mapping: Partial<EventSourceMapping> = {},
  queue: Partial<QueueDefinition> = {},
) {
  const served = await serveSqs(queue);
  const { store, clock, scheduler, sqs } = served;
  const batches: Batch[] = [];
  const eventSources = createEventSources({
    store,
    clock,
    scheduler,
    sqs,
    timeoutOf: (name) => (name === FUNCTION_ARN ? 30 : null),
    lambda: {
      invoke: (_name, payload) =>
        new Promise((resolve) => {
          const { Records: records }: { Records: readonly SqsRecord[] } = JSON.parse(payload);
          const end = (value: unknown, functionError: 'Unhandled' | null) =>
            resolve({ payload: JSON.stringify(value), functionError, requestId: 'id' });
          batches.push({
            records,
            bodies: records.map(({ body }) => body),
            answer: (value) => end(value, null),
            fail: () => end({ errorType: 'Error', errorMessage: 'no' }, 'Unhandled'),
          });
        }),
    },
  });
  eventSources.define({ ...MAPPING, ...mapping });
  const pass = async (milliseconds: number) => {
    clock.advance(milliseconds);
    await scheduler.runDue();
  };
  /** The invocation of that number, counted from 0, once it has begun. */
  const batch = (index: number): Promise<Batch> =>
    vi.waitFor(() => {
      const begun = batches[index];
      if (begun === undefined) throw new Error(`There are ${batches.length} batches.`);
      return begun;
    });
  const counts = () => {
    const sql =
      'SELECT queue, count(*) AS count FROM sqs_messages GROUP BY queue ORDER BY queue COLLATE BINARY';
    return Object.fromEntries(
      store.database
        .prepare(sql)
        .all()
        .map((row) => [row['queue'], row['count']]),
    );
  };
  return { ...served, eventSources, batches, batch, pass, counts };
}

/** Resolves when each queue has so many messages. */
export async function untilCounts(
  { counts }: { readonly counts: () => unknown },
  expected: Readonly<Record<string, number>>,
): Promise<void> {
  await vi.waitFor(() => expect(counts()).toEqual(expected));
}
