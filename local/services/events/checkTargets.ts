import { Unsupported } from '../../ground/unsupported.ts';
import { serviceOf } from './deliver.ts';
import type { EventTarget, RuleDefinition } from './events.ts';

const MOST_TARGETS = 5;
const MOST_RETRIES = 185;
const LEAST_AGE_SECONDS = 60;
const MOST_AGE_SECONDS = 86_400;

/** Throws Unsupported for targets that EventBridge, or the local cloud, does not take. */
export function checkTargets({ name, targets }: RuleDefinition): void {
  if (targets.length > MOST_TARGETS) {
    throw new Unsupported(
      `The rule ${name} has ${targets.length} targets: EventBridge takes ${MOST_TARGETS}.`,
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
  if (retries < 0 || retries > MOST_RETRIES) {
    return `MaximumRetryAttempts ${retries}: EventBridge takes 0 to ${MOST_RETRIES}`;
  }
  if (age < LEAST_AGE_SECONDS || age > MOST_AGE_SECONDS) {
    return `MaximumEventAgeInSeconds ${age}: EventBridge takes ${LEAST_AGE_SECONDS} to ${MOST_AGE_SECONDS}`;
  }
  const isQueue = queue === null || serviceOf(queue) === 'sqs';
  return isQueue ? null : `the dead-letter queue ${queue}, which is no SQS queue`;
}
