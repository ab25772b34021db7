import { randomUUID } from 'node:crypto';
import { ACCOUNT_ID, REGION } from '../account.ts';
import { Unsupported } from '../assembly/errors.ts';
import type { Clock } from '../clock/clock.ts';
import type { Lambda } from '../lambda/lambda.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Sqs } from '../sqs/sqs.ts';
import type { Store } from '../store/store.ts';
import { deliver, serviceOf, type Addressed } from './deliver.ts';
import { createDeliveries, type Delivery } from './deliveries.ts';
import type { CloudEvent, Events, RuleDefinition } from './events.ts';
import { compilePattern, type Matches } from './pattern/eventPattern.ts';
import { InvalidPattern } from './pattern/invalidPattern.ts';

export type EventsOptions = {
  readonly store: Store;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly lambda: Lambda;
  readonly sqs: Sqs;
};

type Rule = RuleDefinition & { readonly matches: Matches };

const DELIVER = 'events.deliver';
const RETRY = 'events.retry';
/**
 * Events wait a moment and go together: they trigger safety nets, which should not compete with the work that they
 * watch. AWS takes about half a second too.
 */
const DELAY_MILLISECONDS = 250;
const DELIVERIES_A_TURN = 100;

/** The default event bus: an event that matches a rule reaches its targets at least once, also after a crash. */
export function createEvents(options: EventsOptions): Events {
  const { store, clock, scheduler } = options;
  const deliveries = createDeliveries(store);
  const rules = new Map<string, Rule>();
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
    define: (rule) => {
      checkTargets(rule);
      rules.set(rule.name, { ...rule, matches: compile(rule) });
    },
    emit: (event) => {
      const envelope = envelopeOf(event, clock.now());
      const matching = [...rules.values()].filter(({ enabled, matches }) => enabled && matches(envelope));
      if (matching.length === 0) return;
      const text = JSON.stringify(envelope);
      store.transact(() => {
        for (const { name, targets } of matching) {
          for (const { id } of targets) {
            deliveries.add({ rule: name, target: id, event: text, emitted: clock.now() });
          }
        }
        plan();
      });
    },
    start: () => {
      if (deliveries.hasNext()) store.transact(plan);
    },
    stop: () => {},
  };
}

function addressOf(rules: ReadonlyMap<string, Rule>, { rule: name, target: id }: Delivery): Addressed | null {
  const rule = rules.get(name);
  const target = rule?.targets.find((one) => one.id === id);
  return rule === undefined || target === undefined ? null : { rule, target };
}

function compile({ name, pattern }: RuleDefinition): Matches {
  try {
    return compilePattern(pattern);
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error;
    throw new Unsupported(`The event pattern of the rule ${name} is not valid: ${error.message}.`, {
      cause: error,
    });
  }
}

function checkTargets({ name, targets }: RuleDefinition): void {
  for (const { arn } of targets) {
    if (serviceOf(arn) === 'lambda' || serviceOf(arn) === 'sqs') continue;
    throw new Unsupported(
      `The rule ${name} has the target ${arn}: only Lambda functions and SQS queues are supported locally.`,
    );
  }
}

function envelopeOf(
  { source, detailType, resources, detail }: CloudEvent,
  now: number,
): Readonly<Record<string, unknown>> {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account: ACCOUNT_ID,
    time: new Date(now).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region: REGION,
    resources,
    detail,
  };
}
