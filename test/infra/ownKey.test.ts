import { expect, test } from 'vitest';
import { theOnly } from '../../infra/checks/plainTemplate.ts';
import { synthesizeApp } from '../support/synthesizeApp.ts';

const { template } = await synthesizeApp({ context: { customerManagedKey: 'on' } });

/** The conditions under which the key policy lets a service use the key; undefined: none. */
function conditionFor(service: string): unknown {
  const { Statement }: { Statement: readonly Record<string, unknown>[] } = Object(
    theOnly(template, 'AWS::KMS::Key')['KeyPolicy'],
  );
  const allowing = Statement.filter(({ Principal }) => [Object(Principal).Service].flat().includes(service));
  expect(allowing).toMatchObject([{ Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }]);
  return allowing[0]?.['Condition'];
}

// The SNS developer guide ("Key management") does not support a condition on the account for EventBridge, and AWS shows none for
// the others. Under one that a service does not meet, its messages would stop, and no deployment would fail.
test.each(['events.amazonaws.com', 's3.amazonaws.com', 'cloudwatch.amazonaws.com'])(
  '%s may use the key for its queue or topic under no condition that it does not send',
  (service) => expect(conditionFor(service)).toBeUndefined(),
);
