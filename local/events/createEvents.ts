import { randomUUID } from 'node:crypto';
import { ACCOUNT_ID, REGION } from '../account.ts';
import { Unsupported } from '../assembly/errors.ts';
import type { Clock } from '../clock/clock.ts';
import type { Lambda } from '../lambda/lambda.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Sqs } from '../sqs/sqs.ts';
import type { Store } from '../store/store.ts';
import { deliver, type Delivery } from './deliver.ts';
import type { CloudEvent, Events, RuleDefinition } from './events.ts';
import { checkPattern, matches } from './pattern.ts';

export const eventsTables = `
  CREATE TABLE IF NOT EXISTS events_deliveries (
    id INTEGER PRIMARY KEY, rule TEXT NOT NULL, target TEXT NOT NULL, event TEXT NOT NULL,
    emitted INTEGER NOT NULL, attempts INTEGER NOT NULL
  ) STRICT;
`;

export type EventsOptions = {
  readonly store: Store;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly lambda: Lambda;
  readonly sqs: Sqs;
};

/** Real time between an event and its delivery, so that a safety net does not compete with the work that it watches. */
const DELIVERY_DELAY_MILLISECONDS = 300;
const DELIVERIES_A_TURN = 20;

/** The default event bus: what matches a rule reaches its targets at least once, also after a crash. */
export function createEvents(options: EventsOptions): Events {
  const { store, clock, scheduler } = options;
  store.database.exec(eventsTables);
  const rules = new Map<string, RuleDefinition>();
  let timer: NodeJS.Timeout | null = null;
  let isRunning = false;

  function run(): void {
    timer = null;
    const rows = store
      .statement(
        "SELECT * FROM events_deliveries WHERE CAST(id AS TEXT) NOT IN (SELECT key FROM scheduler_deadlines WHERE kind = 'events.retry') ORDER BY id LIMIT ?",
      )
      .all(DELIVERIES_A_TURN);
    for (const row of rows) deliver(parseRow(row), { ...options, rules });
    if (rows.length === DELIVERIES_A_TURN) plan();
  }
  function plan(): void {
    if (!isRunning || timer !== null) return;
    timer = setTimeout(run, DELIVERY_DELAY_MILLISECONDS);
  }
  scheduler.handle('events.retry', () => store.afterCommit(plan));

  return {
    define: (rule) => {
      checkPattern(rule.name, rule.pattern);
      for (const { arn } of rule.targets) checkTarget(rule, arn);
      rules.set(rule.name, rule);
    },
    emit: (event) => {
      const envelope = envelopeOf(event, clock);
      const due = [...rules.values()].filter((rule) => rule.enabled && matches(rule.pattern, envelope));
      if (due.length === 0) return;
      store.transact(() => {
        for (const rule of due)
          addDeliveries(store, rule, { event: JSON.stringify(envelope), emitted: clock.now() });
        store.afterCommit(plan);
      });
    },
    start: () => {
      isRunning = true;
      plan();
    },
    stop: () => {
      isRunning = false;
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}

function checkTarget(rule: RuleDefinition, arn: string): void {
  if (/^arn:aws:(?:lambda|sqs):/.test(arn)) return;
  throw new Unsupported(
    `The rule ${rule.name} has the target ${arn}: only Lambda functions and SQS queues are supported locally.`,
  );
}

function addDeliveries(
  store: Store,
  rule: RuleDefinition,
  { event, emitted }: { event: string; emitted: number },
): void {
  for (const { id } of rule.targets) {
    store
      .statement(
        'INSERT INTO events_deliveries (rule, target, event, emitted, attempts) VALUES (?, ?, ?, ?, 0)',
      )
      .run(rule.name, id, event, emitted);
  }
}

function envelopeOf(
  { source, detailType, resources, detail }: CloudEvent,
  clock: Clock,
): Readonly<Record<string, unknown>> {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account: ACCOUNT_ID,
    time: new Date(clock.now()).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region: REGION,
    resources,
    detail,
  };
}

function parseRow(row: Readonly<Record<string, unknown>>): Delivery {
  return {
    id: Number(row['id']),
    rule: String(row['rule']),
    target: String(row['target']),
    event: String(row['event']),
    emitted: Number(row['emitted']),
    attempts: Number(row['attempts']),
  };
}
