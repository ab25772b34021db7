import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Sqs } from '../sqs/sqs.ts';
import type { Store } from '../store/store.ts';
import type { AsyncInvokeConfig, Invocation } from './lambda.ts';

export const lambdaTables = `
  CREATE TABLE IF NOT EXISTS lambda_queue (
    id TEXT PRIMARY KEY, function TEXT NOT NULL, payload TEXT NOT NULL, queued INTEGER NOT NULL, attempts INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

export type AsyncQueueOptions = {
  readonly store: Store;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly sqs: Sqs;
  readonly invoke: (name: string, payload: string) => Promise<Invocation>;
  readonly arnOf: (name: string) => string;
  readonly configOf: (name: string) => AsyncInvokeConfig;
};

export type AsyncQueue = {
  /** Queues an event in the open transaction. */
  readonly add: (name: string, payload: string) => void;
  /** Takes up what a crash left. */
  readonly start: () => void;
};

type Queued = { id: string; name: string; payload: string; queued: number; attempts: number };

const KIND = 'lambda.retry';
const MINUTE_MILLISECONDS = 60_000;

/** Lambda's queue of asynchronous events: at least once, two retries after one and two minutes, then the destination. */
export function createAsyncQueue(options: AsyncQueueOptions): AsyncQueue {
  const { store, scheduler } = options;
  store.database.exec(lambdaTables);
  const running = new Set<string>();
  const run = (id: string) => {
    if (running.has(id)) return;
    running.add(id);
    void deliver(options, id).finally(() => running.delete(id));
  };
  scheduler.handle(KIND, (id) => store.afterCommit(() => run(id)));
  return {
    add: (name, payload) => {
      const id = randomUUID();
      store.transact(() => {
        store
          .statement('INSERT INTO lambda_queue VALUES (?, ?, ?, ?, 0)')
          .run(id, name, payload, options.clock.now());
        store.afterCommit(() => run(id));
      });
    },
    start: () => {
      const due = store
        .statement(
          'SELECT id FROM lambda_queue WHERE id NOT IN (SELECT key FROM scheduler_deadlines WHERE kind = ?)',
        )
        .all(KIND);
      for (const { id } of due) run(String(id));
    },
  };
}

async function deliver(options: AsyncQueueOptions, id: string): Promise<void> {
  const { store, scheduler, clock } = options;
  const row = store.statement('SELECT * FROM lambda_queue WHERE id = ?').get(id);
  if (row === undefined) return;
  const queued = parseRow(row);
  const outcome = await attempt(options, queued);
  if (outcome === null) return; // the process stops; the row stays and is taken up at the next start
  const attempts = queued.attempts + 1;
  const config = options.configOf(queued.name);
  const isTooOld = clock.now() - queued.queued > config.maximumEventAgeSeconds * 1000;
  await store.write(() => {
    if (outcome.functionError !== null && attempts <= config.maximumRetryAttempts && !isTooOld) {
      store.statement('UPDATE lambda_queue SET attempts = ? WHERE id = ?').run(attempts, id);
      scheduler.set(KIND, id, clock.now() + attempts * MINUTE_MILLISECONDS);
      return;
    }
    store.statement('DELETE FROM lambda_queue WHERE id = ?').run(id);
    if (outcome.functionError !== null) sendToDestination(options, { ...queued, attempts }, outcome);
  });
}

async function attempt(options: AsyncQueueOptions, { name, payload }: Queued): Promise<Invocation | null> {
  try {
    return await options.invoke(name, payload);
  } catch (error) {
    const errorMessage = error instanceof Error ? error.message : String(error);
    return { payload: JSON.stringify({ errorMessage }), functionError: 'Unhandled', requestId: randomUUID() };
  }
}

function sendToDestination(options: AsyncQueueOptions, queued: Queued, outcome: Invocation): void {
  const { onFailure } = options.configOf(queued.name);
  if (onFailure === null) return;
  const record = {
    version: '1.0',
    timestamp: new Date(options.clock.now()).toISOString(),
    requestContext: {
      requestId: queued.id,
      functionArn: `${options.arnOf(queued.name)}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: queued.attempts,
    },
    requestPayload: JSON.parse(queued.payload),
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: outcome.functionError },
    responsePayload: JSON.parse(outcome.payload),
  };
  options.sqs.send(onFailure, JSON.stringify(record));
}

function parseRow(row: Readonly<Record<string, unknown>>): Queued {
  return {
    id: String(row['id']),
    name: String(row['function']),
    payload: String(row['payload']),
    queued: Number(row['queued']),
    attempts: Number(row['attempts']),
  };
}
