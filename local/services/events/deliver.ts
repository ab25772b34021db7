import type { Clock } from '../../ground/clock/clock.ts';
import { FunctionNotFound, type Lambda } from '../lambda/lambda.ts';
import { QueueDoesNotExist } from '../sqs/errors.ts';
import type { Sqs } from '../sqs/sqs.ts';
import type { Store } from '../../ground/store/store.ts';
import type { Deliveries, Delivery } from './records/deliveries.ts';
import type { EventTarget, RuleDefinition } from './events.ts';
import type { MakeInput } from './input/targetInput.ts';

export type DeliverOptions = {
  readonly store: Store;
  readonly clock: Clock;
  readonly lambda: Lambda;
  readonly sqs: Pick<Sqs, 'send'>;
  readonly deliveries: Deliveries;
  readonly onLog: (line: string) => void;
  /** Sets when a delivery is tried again. */
  readonly retryAt: (id: number, due: number) => void;
};

export type Addressed = {
  readonly rule: RuleDefinition;
  readonly target: EventTarget;
  readonly makeInput: MakeInput;
};

type Exhausted = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | null;

const FIRST_RETRY_MILLISECONDS = 1000;
const MAX_RETRY_MILLISECONDS = 900_000;

/** Hands an event to its target in the transaction that forgets the delivery; tries again, or gives it up, when that fails. */
export function deliver(delivery: Delivery, addressed: Addressed, options: DeliverOptions): void {
  const { store, deliveries } = options;
  try {
    store.transact(() => {
      deliveries.remove(delivery.id);
      const input = addressed.makeInput(delivery.event, delivery.emitted);
      if (input === null) reportNothing(addressed, options);
      else send(input, addressed.target, options);
    });
  } catch (error) {
    store.transact(() => fail({ delivery, error, ...addressed }, options));
  }
}

/** AWS delivers nothing and says nothing; here the terminal does. */
function reportNothing({ rule, target }: Addressed, { onLog }: DeliverOptions): void {
  onLog(
    `The InputTemplate of the rule ${rule.name} did not make JSON for the target ${target.id}, so nothing was delivered: an object or a list must not stand in quotation marks.`,
  );
}

function send(input: string, { arn }: EventTarget, { lambda, sqs }: DeliverOptions): void {
  if (serviceOf(arn) === 'sqs') sqs.send(arn, input);
  else lambda.invokeLater(arn, input);
}

export function serviceOf(arn: string): string {
  return arn.split(':')[2] ?? '';
}

type Failed = Addressed & { readonly delivery: Delivery; readonly error: unknown };

function fail(failed: Failed, options: DeliverOptions): void {
  const { delivery, target, error } = failed;
  const due = options.clock.now() + backoff(delivery.attempts);
  const exhausted = exhaustedBy(delivery, target, due);
  if (exhausted === null && !isGone(error)) {
    options.deliveries.hold(delivery.id, delivery.attempts + 1);
    options.retryAt(delivery.id, due);
    return;
  }
  options.deliveries.remove(delivery.id);
  giveUp(failed, exhausted, options);
}

function backoff(attempts: number): number {
  return Math.min(FIRST_RETRY_MILLISECONDS * 2 ** attempts, MAX_RETRY_MILLISECONDS);
}

function exhaustedBy({ attempts, emitted }: Delivery, target: EventTarget, due: number): Exhausted {
  if (attempts >= target.maximumRetryAttempts) return 'MaximumRetryAttempts';
  return due > emitted + target.maximumEventAgeSeconds * 1000 ? 'MaximumEventAgeInSeconds' : null;
}

/** EventBridge does not try again when the target is not there. */
function isGone(error: unknown): boolean {
  return error instanceof FunctionNotFound || error instanceof QueueDoesNotExist;
}

function giveUp(
  { delivery, rule, target, error }: Failed,
  exhausted: Exhausted,
  options: DeliverOptions,
): void {
  if (target.deadLetterQueueArn === null) return;
  const attributes = {
    RULE_ARN: rule.arn,
    TARGET_ARN: target.arn,
    ERROR_CODE: isGone(error) ? 'NO_RESOURCE' : 'SDK_CLIENT_ERROR',
    ERROR_MESSAGE: error instanceof Error ? error.message : String(error),
    RETRY_ATTEMPTS: String(delivery.attempts),
    ...(exhausted === null || isGone(error) ? {} : { EXHAUSTED_RETRY_CONDITION: exhausted }),
  };
  try {
    options.store.transact(() =>
      options.sqs.send(target.deadLetterQueueArn ?? '', delivery.event, attributes),
    );
  } catch (sendError) {
    // As on AWS, an event whose dead-letter queue is gone too is dropped.
    if (!(sendError instanceof QueueDoesNotExist)) throw sendError;
  }
}
