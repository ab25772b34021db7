import type { EventTarget, RuleDefinition } from './events.ts';
import type { EventsOptions } from './createEvents.ts';

export type Delivery = {
  readonly id: number;
  readonly rule: string;
  readonly target: string;
  readonly event: string;
  readonly emitted: number;
  readonly attempts: number;
};

type DeliverOptions = EventsOptions & { readonly rules: ReadonlyMap<string, RuleDefinition> };

const FIRST_RETRY_MILLISECONDS = 1000;
const LONGEST_RETRY_MILLISECONDS = 300_000;

/** Hands an event to its target in the transaction that forgets the delivery; a refusal is retried and ends in the dead-letter queue. */
export function deliver(delivery: Delivery, options: DeliverOptions): void {
  const rule = options.rules.get(delivery.rule);
  const target = rule?.targets.find(({ id }) => id === delivery.target);
  options.store.transact(() => {
    if (rule === undefined || target === undefined) return forget(delivery, options); // the rule is gone from the template
    try {
      options.store.transact(() => {
        forget(delivery, options);
        send(target, delivery, options);
      });
    } catch (error) {
      failed(
        { rule, target, reason: error instanceof Error ? error.message : String(error) },
        delivery,
        options,
      );
    }
  });
}

function send(target: EventTarget, { event }: Delivery, { lambda, sqs }: DeliverOptions): void {
  if (target.arn.startsWith('arn:aws:sqs:')) return sqs.send(target.arn, event);
  if (!lambda.exists(target.arn)) throw new Error(`The function ${target.arn} does not exist.`);
  return lambda.invokeLater(target.arn, event);
}

function forget({ id }: Delivery, { store }: DeliverOptions): void {
  store.statement('DELETE FROM events_deliveries WHERE id = ?').run(id);
}

type Failure = { readonly rule: RuleDefinition; readonly target: EventTarget; readonly reason: string };

function failed(failure: Failure, delivery: Delivery, options: DeliverOptions): void {
  const { target } = failure;
  const { store, scheduler, clock, sqs } = options;
  const attempts = delivery.attempts + 1;
  const isTooOld = clock.now() - delivery.emitted > target.maximumEventAgeSeconds * 1000;
  if (attempts <= target.maximumRetryAttempts && !isTooOld) {
    store.statement('UPDATE events_deliveries SET attempts = ? WHERE id = ?').run(attempts, delivery.id);
    const wait = Math.min(FIRST_RETRY_MILLISECONDS * 2 ** delivery.attempts, LONGEST_RETRY_MILLISECONDS);
    scheduler.set('events.retry', String(delivery.id), clock.now() + wait);
    return;
  }
  forget(delivery, options);
  if (target.deadLetterQueueArn === null) return;
  sqs.send(target.deadLetterQueueArn, delivery.event, {
    RULE_ARN: failure.rule.arn,
    TARGET_ARN: target.arn,
    ERROR_CODE: 'NO_RESOURCE',
    ERROR_MESSAGE: failure.reason,
    EXHAUSTED_RETRY_CONDITION: isTooOld ? 'MaximumEventAgeInSeconds' : 'MaximumRetryAttempts',
    RETRY_ATTEMPTS: String(delivery.attempts),
  });
}
