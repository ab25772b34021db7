import { randomUUID } from 'node:crypto';
import { ACCOUNT_ID, REGION } from '../../ground/account.ts';
import type { Clock } from '../../ground/clock/clock.ts';
import type { HttpHandler } from '../../wire/httpMessage.ts';
import type { Lambda } from '../lambda/lambda.ts';
import type { Scheduler } from '../../ground/scheduler/scheduler.ts';
import type { Sqs } from '../sqs/sqs.ts';
import type { Store } from '../../ground/store/store.ts';
import { compileRule, type Rule } from './compileRule.ts';
import { type Addressed, deliver } from './deliver.ts';
import { createDeliveries, type Delivery } from './records/deliveries.ts';
import { type CloudEvent, type Events, timeText } from './events.ts';
import { createSchedules } from './schedule/createSchedules.ts';
import { handleEvents } from './wire/handleEvents.ts';

export type EventsOptions = {
  readonly store: Store;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly lambda: Lambda;
  readonly sqs: Pick<Sqs, 'send'>;
  /** Lines for the terminal. */
  readonly onLog: (line: string) => void;
};

/** `handle` answers what comes over the wire. */
export type LocalEvents = Events & {
  readonly handle: HttpHandler;
  readonly remove: (ruleName: string) => void;
};

const DELIVER = 'events.deliver';
const RETRY = 'events.retry';
/**
 * Events wait a moment and go together: they trigger safety nets, which should not compete with the work that they
 * watch. AWS takes about half a second too.
 */
const DELAY_MILLISECONDS = 250;
const DELIVERIES_A_TURN = 100;

/** The default event bus: an event that matches a rule reaches its targets at least once, also after a crash. */
export function createEvents(options: EventsOptions): LocalEvents {
  const { clock, scheduler } = options;
  const rules = new Map<string, Rule>();
  const outbox = createOutbox(options, rules);

  function put(event: CloudEvent, detailText: string): string {
    const id = randomUUID();
    const envelope = envelopeOf(event, { id, now: clock.now() });
    const matching = [...rules.values()].filter(({ enabled, matches }) => enabled && matches(envelope));
    if (matching.length > 0) outbox.send(matching, textOf(envelope, detailText));
    return id;
  }
  const schedules = createSchedules({
    scheduler,
    clock,
    ruleOf: (name) => rules.get(name),
    fire: (rule, time) => outbox.send([rule], JSON.stringify(scheduledEvent(rule, time))),
  });

  return {
    define: (rule) => {
      rules.set(rule.name, compileRule(rule));
    },
    remove: (name) => void rules.delete(name),
    emit: (event) => void put(event, JSON.stringify(event.detail)),
    handle: (request) => handleEvents(request, put),
    start: () => {
      outbox.takeUp();
      schedules.start([...rules.values()].filter(({ enabled }) => enabled));
    },
    stop: () => {},
  };
}

type Outbox = {
  /** Keeps an event for every target of the rules, in the open transaction, and delivers it a moment later. */
  readonly send: (matching: readonly Rule[], event: string) => void;
  /** Delivers what was kept when the process ended. */
  readonly takeUp: () => void;
};

function createOutbox(options: EventsOptions, rules: ReadonlyMap<string, Rule>): Outbox {
  const { store, clock, scheduler } = options;
  const deliveries = createDeliveries(store);
  const deliverOptions = {
    ...options,
    deliveries,
    retryAt: (id: number, due: number) => scheduler.set(RETRY, String(id), due),
  };

  /** One deadline for all that is emitted within a slot, so that a steady stream cannot put it off. */
  function plan(): void {
    const slot = Math.ceil(clock.now() / DELAY_MILLISECONDS) + 1;
    scheduler.set(DELIVER, String(slot), slot * DELAY_MILLISECONDS);
  }
  function deliverReady(): void {
    for (const delivery of deliveries.next(DELIVERIES_A_TURN)) {
      const addressed = addressOf(rules, delivery);
      if (addressed === null)
        deliveries.remove(delivery.id); // the rule is gone from the template
      else deliver(delivery, addressed, deliverOptions);
    }
    if (deliveries.hasNext()) plan();
  }
  scheduler.handle(DELIVER, deliverReady);
  scheduler.handle(RETRY, (id) => {
    deliveries.release(Number(id));
    deliverReady();
  });

  return {
    send: (matching, event) =>
      store.transact(() => {
        for (const { name, targets } of matching) {
          for (const { id } of targets) {
            deliveries.add({ rule: name, target: id, event, emitted: clock.now() });
          }
        }
        plan();
      }),
    takeUp: () => {
      if (deliveries.hasNext()) store.transact(plan);
    },
  };
}

function scheduledEvent(rule: Rule, time: number): Readonly<Record<string, unknown>> {
  const event = {
    source: 'aws.events',
    detailType: 'Scheduled Event',
    resources: [rule.arn],
    detail: {},
    time,
  };
  return envelopeOf(event, { id: randomUUID(), now: time });
}

function addressOf(rules: ReadonlyMap<string, Rule>, { rule: name, target: id }: Delivery): Addressed | null {
  const rule = rules.get(name);
  const target = rule?.targets.find((one) => one.id === id);
  const makeInput = rule?.inputs.get(id);
  return rule && target && makeInput ? { rule, target, makeInput } : null;
}

function envelopeOf(
  { source, detailType, resources, detail, time }: CloudEvent,
  { id, now }: { readonly id: string; readonly now: number },
): Readonly<Record<string, unknown>> {
  return {
    version: '0',
    id,
    'detail-type': detailType,
    source,
    account: ACCOUNT_ID,
    time: timeText(time ?? now),
    region: REGION,
    resources,
    detail,
  };
}

function textOf(envelope: Readonly<Record<string, unknown>>, detailText: string): string {
  const head = JSON.stringify({ ...envelope, detail: undefined });
  return `${head.slice(0, -1)},"detail":${detailText}}`;
}
