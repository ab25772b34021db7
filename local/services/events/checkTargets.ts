import { Unsupported } from '../../ground/refusal.ts';
import { serviceOf } from './deliver.ts';
import type { EventTarget, RuleDefinition } from './events.ts';

const MAX_TARGETS = 5;
const MAX_RETRIES = 185;
const MIN_AGE_SECONDS = 60;
const MAX_AGE_SECONDS = 86_400;

/** Throws Unsupported for targets that EventBridge, or the local cloud, does not take. */
export function checkTargets({ name, targets }: RuleDefinition): void {
  if (targets.length > MAX_TARGETS) {
    throw new Unsupported(
      `The rule ${name} has ${targets.length} targets: EventBridge takes ${MAX_TARGETS}.`,
    );
  }
  for (const target of targets) {
    const { arn } = target;
    if (serviceOf(arn) !== 'lambda' && serviceOf(arn) !== 'sqs') {
      throw new Unsupported(
        `The rule ${name} has the target ${arn}: only Lambda functions and SQS queues are supported locally.`,
      );
    }
    const reason = refusalOf(target);
    if (reason !== null) throw new Unsupported(`The rule ${name} has a target with ${reason}.`);
  }
}

function refusalOf(target: EventTarget): string | null {
  const { maximumRetryAttempts: retries, maximumEventAgeSeconds: age, deadLetterQueueArn: queue } = target;
  if (retries < 0 || retries > MAX_RETRIES) {
    return `MaximumRetryAttempts ${retries}: EventBridge takes 0 to ${MAX_RETRIES}`;
  }
  if (age < MIN_AGE_SECONDS || age > MAX_AGE_SECONDS) {
    return `MaximumEventAgeInSeconds ${age}: EventBridge takes ${MIN_AGE_SECONDS} to ${MAX_AGE_SECONDS}`;
  }
  const isQueue = queue === null || serviceOf(queue) === 'sqs';
  return isQueue ? null : `the dead-letter queue ${queue}, which is not an SQS queue`;
}
