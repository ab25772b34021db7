import { expect, test } from 'vitest';
import { provisionBuckets } from '../../../cloud/provision/provisionBuckets.ts';
import { provisionEventSources } from '../../../cloud/provision/provisionEventSources.ts';
import { checkRedrives, provisionQueues } from '../../../cloud/provision/provisionQueues.ts';
import type { EventSourceMapping } from '../../../services/lambda/eventSources/eventSources.ts';
import { setUpS3 } from '../../services/s3/serveS3.ts';
import { serveSqs } from '../../services/sqs/serveSqs.ts';
import { stackOf } from './stackOf.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:111111111111:letters';

function refusalOf(run: () => void): string | null {
  try {
    run();
    return null;
  } catch (error) {
    return String(error);
  }
}

function mappingsOf(properties: Readonly<Record<string, unknown>>): readonly EventSourceMapping[] {
  const defined: EventSourceMapping[] = [];
  const eventSources = {
    define: (mapping: EventSourceMapping) => void defined.push(mapping),
    remove: () => {},
    start: () => {},
    stop: () => {},
  };
  provisionEventSources(stackOf({ type: 'AWS::Lambda::EventSourceMapping', properties }), eventSources);
  return defined;
}

test('a mapping of the template has the defaults of CloudFormation', () => {
  expect(mappingsOf({ EventSourceArn: QUEUE, FunctionName: 'worker' })).toEqual([
    {
      id: 'It',
      queueArn: QUEUE,
      functionArn: 'worker',
      enabled: true,
      batchSize: 10,
      batchingWindowSeconds: 0,
      maximumConcurrency: 1000,
      reportsFailures: false,
    },
  ]);
});

test('a mapping of the template is read whole, numbers as text too', () => {
  const [mapping] = mappingsOf({
    EventSourceArn: QUEUE,
    FunctionName: 'worker',
    BatchSize: '100',
    MaximumBatchingWindowInSeconds: 5,
    Enabled: 'false',
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 7 },
  });

  expect(mapping).toMatchObject({
    batchSize: 100,
    batchingWindowSeconds: 5,
    enabled: false,
    reportsFailures: true,
    maximumConcurrency: 7,
  });
});

test.each([
  [{ EventSourceArn: 'arn:aws:kinesis:us-east-1:111111111111:stream/s' }, 'the event source arn:aws:kinesis'],
  [{ EventSourceArn: QUEUE, FunctionResponseTypes: ['All'] }, 'the function response type All'],
])('a mapping that cannot be honoured stops the start with its name: %j', (properties, message) => {
  expect(() => mappingsOf({ FunctionName: 'worker', ...properties })).toThrow(
    `Shop/It (AWS::Lambda::EventSourceMapping): ${message}`,
  );
});

test.each(['LambdaConfigurations', 'TopicConfigurations'])(
  'notifications to other targets stop the start: %s',
  (name) => {
    const NotificationConfiguration = { [name]: [{ Event: 's3:ObjectCreated:*' }] };
    const stack = stackOf({ type: 'AWS::S3::Bucket', properties: { NotificationConfiguration } });

    expect(() => provisionBuckets([stack], setUpS3().s3)).toThrow(
      `Shop/It (AWS::S3::Bucket): NotificationConfiguration.${name} (use QueueConfigurations or EventBridgeConfiguration) is not supported locally.`,
    );
  },
);

test('a notification that S3 would refuse stops the start with the name of the bucket', () => {
  const QueueConfigurations = [{ Event: 's3:Nothing', Queue: QUEUE }];
  const properties = { NotificationConfiguration: { QueueConfigurations } };
  const stack = stackOf({ type: 'AWS::S3::Bucket', properties });

  expect(() => provisionBuckets([stack], setUpS3().s3)).toThrow(
    'Shop/It (AWS::S3::Bucket): The event s3:Nothing of a notification is not an event of S3.',
  );
});

test.each([
  [{ redrivePermission: 'allowAll' }, true],
  [{ redrivePermission: 'denyAll' }, false],
  [{ redrivePermission: 'byQueue', sourceQueueArns: ['arn:aws:sqs:us-east-1:111111111111:Source'] }, true],
  [{ redrivePermission: 'byQueue', sourceQueueArns: [QUEUE] }, false],
])('a dead-letter queue decides who may use it: %j', async (allow, lets) => {
  const { sqs } = await serveSqs();
  const deadLetterTargetArn = 'arn:aws:sqs:us-east-1:111111111111:Dead';
  const stack = stackOf(
    {
      logicalId: 'Source',
      type: 'AWS::SQS::Queue',
      properties: { RedrivePolicy: { deadLetterTargetArn, maxReceiveCount: 3 } },
    },
    { logicalId: 'Dead', type: 'AWS::SQS::Queue', properties: { RedriveAllowPolicy: allow } },
  );
  provisionQueues(stack, { sqs, policies: [] });

  const refusal = refusalOf(() => checkRedrives(stack, sqs));

  const expected = lets ? 'none' : 'whose RedriveAllowPolicy does not name this queue';
  expect(refusal ?? 'none').toContain(expected);
});
