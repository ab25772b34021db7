import { Unsupported } from '../../ground/refusal.ts';
import type { AsyncInvokeConfig } from './lambda.ts';

const MAX_RETRIES = 2;
const MIN_AGE_SECONDS = 60;
const MAX_AGE_SECONDS = 21_600;

/** Throws Unsupported for what Lambda, or the local cloud, does not take. */
export function checkAsyncConfig(name: string, config: AsyncInvokeConfig): AsyncInvokeConfig {
  const reason = refusalOf(config);
  if (reason === null) return config;
  throw new Unsupported(`The function ${name} has ${reason}.`);
}

function refusalOf(config: AsyncInvokeConfig): string | null {
  const { maximumRetryAttempts: retries, maximumEventAgeSeconds: age } = config;
  if (retries < 0 || retries > MAX_RETRIES) {
    return `MaximumRetryAttempts ${retries}: Lambda takes 0 to ${MAX_RETRIES}`;
  }
  if (age < MIN_AGE_SECONDS || age > MAX_AGE_SECONDS) {
    return `MaximumEventAgeInSeconds ${age}: Lambda takes ${MIN_AGE_SECONDS} to ${MAX_AGE_SECONDS}`;
  }
  const unknown = [config.onSuccess, config.onFailure].find(
    (arn) => arn !== null && !/^arn:[^:]+:(?:sqs|lambda):/.test(arn),
  );
  if (unknown === undefined) return null;
  return `the destination ${unknown}: only SQS queues and Lambda functions are supported locally`;
}
