import { Unsupported } from '../../ground/unsupported.ts';
import type { AsyncInvokeConfig } from './lambda.ts';

const MOST_RETRIES = 2;
const LEAST_AGE_SECONDS = 60;
const MOST_AGE_SECONDS = 21_600;

/** Throws Unsupported for what Lambda, or the local cloud, does not take. */
export function checkAsyncConfig(name: string, config: AsyncInvokeConfig): AsyncInvokeConfig {
  const reason = refusalOf(config);
  if (reason === null) return config;
  throw new Unsupported(`The function ${name} has ${reason}.`);
}

function refusalOf(config: AsyncInvokeConfig): string | null {
  const { maximumRetryAttempts: retries, maximumEventAgeSeconds: age } = config;
  if (retries < 0 || retries > MOST_RETRIES) {
    return `MaximumRetryAttempts ${retries}: Lambda takes 0 to ${MOST_RETRIES}`;
  }
  if (age < LEAST_AGE_SECONDS || age > MOST_AGE_SECONDS) {
    return `MaximumEventAgeInSeconds ${age}: Lambda takes ${LEAST_AGE_SECONDS} to ${MOST_AGE_SECONDS}`;
  }
  const unknown = [config.onSuccess, config.onFailure].find(
    (arn) => arn !== null && !/^arn:[^:]+:(?:sqs|lambda):/.test(arn),
  );
  if (unknown === undefined) return null;
  return `the destination ${unknown}: only SQS queues and Lambda functions are supported locally`;
}
