import { expect, test } from 'vitest';
import type { Resource } from '../../../cloud/assembly/evaluateStacks.ts';
import { checkResources } from '../../../cloud/provision/checkResources.ts';
import { type Declared, stackOf } from './stackOf.ts';

const check = (...declared: readonly Declared[]) => checkResources([stackOf(...declared)]);

test.each<[Resource['type'], string]>([
  ['AWS::S3::Bucket', 'ObjectLockEnabled'],
  ['AWS::S3::Bucket', 'BucketNamePrefix'],
  ['AWS::S3::Bucket', 'Versioning'],
  ['AWS::Lambda::Function', 'Layers'],
  ['AWS::Lambda::Function', 'DurableConfig'],
  ['AWS::Lambda::Function', 'TenancyConfig'],
  ['AWS::Lambda::EventSourceMapping', 'FilterCriteria'],
  ['AWS::Lambda::EventSourceMapping', 'StartingPosition'],
  ['AWS::StepFunctions::StateMachine', 'RoleARN'],
  ['AWS::AppSync::Resolver', 'CachingConfig'],
  ['AWS::AppSync::FunctionConfiguration', 'RequestMappingTemplate'],
  ['AWS::AppSync::GraphQLApi', 'MergedApiExecutionRoleArn'],
  ['AWS::SQS::Queue', 'VisibilityTimeoutSeconds'],
  ['AWS::Events::Rule', 'Pattern'],
])('%s: a property that would not be obeyed stops the start: %s', (type, name) => {
  expect(() => check({ type, properties: { [name]: 'x' } })).toThrow(
    `Shop/It (${type}): the property ${name} is not supported locally.`,
  );
});

test('properties without a local effect, and those that have no value, are accepted', () => {
  expect(() =>
    check(
      { type: 'AWS::S3::Bucket', properties: { CorsConfiguration: {}, ObjectLockEnabled: undefined } },
      { type: 'AWS::SQS::Queue', properties: { KmsMasterKeyId: 'alias/aws/sqs' } },
      { type: 'AWS::Lambda::EventSourceMapping', properties: { MetricsConfig: { Metrics: ['EventCount'] } } },
      { type: 'AWS::CloudWatch::Alarm', properties: { WhateverCloudWatchKnows: 1 } },
    ),
  ).not.toThrow();
});

test.each<[Resource['type'], Readonly<Record<string, unknown>>, string]>([
  ['AWS::Lambda::Function', { Timeout: 901 }, 'Timeout must be a whole number from 1 to 900; got 901.'],
  ['AWS::Lambda::Function', { Timeout: 0 }, 'Timeout must be a whole number from 1 to 900; got 0.'],
  ['AWS::Lambda::Function', { Timeout: 1.5 }, 'Timeout must be a whole number from 1 to 900; got 1.5.'],
  [
    'AWS::Lambda::Function',
    { MemorySize: 64 },
    'MemorySize must be a whole number from 128 to 10240; got 64.',
  ],
  [
    'AWS::SQS::Queue',
    { VisibilityTimeout: 43_201 },
    'VisibilityTimeout must be a whole number from 0 to 43200; got 43201.',
  ],
  [
    'AWS::SQS::Queue',
    { VisibilityTimeout: 'soon' },
    'VisibilityTimeout must be a whole number from 0 to 43200; got soon.',
  ],
  [
    'AWS::SQS::Queue',
    { MessageRetentionPeriod: 59 },
    'MessageRetentionPeriod must be a whole number from 60 to 1209600; got 59.',
  ],
  ['AWS::SQS::Queue', { DelaySeconds: 901 }, 'DelaySeconds must be a whole number from 0 to 900; got 901.'],
  [
    'AWS::SQS::Queue',
    { ReceiveMessageWaitTimeSeconds: 21 },
    'ReceiveMessageWaitTimeSeconds must be a whole number from 0 to 20; got 21.',
  ],
  [
    'AWS::SQS::Queue',
    { MaximumMessageSize: 1023 },
    'MaximumMessageSize must be a whole number from 1024 to 1048576; got 1023.',
  ],
  [
    'AWS::IAM::Role',
    { MaxSessionDuration: 43_201 },
    'MaxSessionDuration must be a whole number from 3600 to 43200; got 43201.',
  ],
])('%s: a number that AWS refuses stops the start: %j', (type, properties, sentence) => {
  expect(() => check({ type, properties })).toThrow(`Shop/It (${type}): ${sentence}`);
});

test.each<[Resource['type'], Readonly<Record<string, unknown>>, string]>([
  [
    'AWS::S3::Bucket',
    { VersioningConfiguration: { Status: 'enabled' } },
    'VersioningConfiguration.Status must be one of Enabled, Suspended; got enabled.',
  ],
  [
    'AWS::Lambda::Function',
    { LoggingConfig: { LogFormat: 'Json' } },
    'LoggingConfig.LogFormat must be one of Text, JSON; got Json.',
  ],
  ['AWS::AppSync::Resolver', { Kind: 'pipeline' }, 'Kind must be one of UNIT, PIPELINE; got pipeline.'],
])('%s: a word that AWS refuses stops the start, and is not taken for the default: %j', (...row) => {
  const [type, properties, sentence] = row;

  expect(() => check({ type, properties })).toThrow(`Shop/It (${type}): ${sentence}`);
});

test('words of AWS are accepted', () => {
  expect(() =>
    check(
      { type: 'AWS::S3::Bucket', properties: { VersioningConfiguration: { Status: 'Enabled' } } },
      { type: 'AWS::Events::Rule', properties: { State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' } },
      { type: 'AWS::Lambda::Function', properties: { LoggingConfig: { SystemLogLevel: 'WARN' } } },
    ),
  ).not.toThrow();
});

test('numbers at their limits are accepted, as text too', () => {
  expect(() =>
    check(
      { type: 'AWS::Lambda::Function', properties: { Timeout: '900', MemorySize: 10_240 } },
      { type: 'AWS::SQS::Queue', properties: { DelaySeconds: 0, MessageRetentionPeriod: '1209600' } },
    ),
  ).not.toThrow();
});

test.each([
  [{ PackageType: 'Image' }, 'the package type Image is not supported locally.'],
  [
    { Environment: { Variables: { AWS_REGION: 'eu-west-1' } } },
    'the environment variable AWS_REGION is reserved: Lambda sets it.',
  ],
  [
    { Environment: { Variables: { '1ST': 'x' } } },
    "the environment variable '1ST' must begin with a letter and hold letters, digits and underscores, two characters at least.",
  ],
  [
    { Environment: { Variables: { TEXT: 'x'.repeat(4096) } } },
    'the environment variables must have at most 4096 bytes; they have 4100.',
  ],
])('a function that Lambda refuses stops the start: %j', (properties, sentence) => {
  expect(() => check({ type: 'AWS::Lambda::Function', properties })).toThrow(
    `Shop/It (AWS::Lambda::Function): ${sentence}`,
  );
});

test.each<[Resource['type'], string, string]>([
  ['AWS::S3::Bucket', 'BucketName', 'Upper'],
  ['AWS::S3::Bucket', 'BucketName', 'ab'],
  ['AWS::S3::Bucket', 'BucketName', 'a..b'],
  ['AWS::S3::Bucket', 'BucketName', '192.168.5.4'],
  ['AWS::SQS::Queue', 'QueueName', 'letters.fifo'],
  ['AWS::SQS::Queue', 'QueueName', 'x'.repeat(81)],
  ['AWS::Lambda::Function', 'FunctionName', 'two words'],
  ['AWS::Lambda::Function', 'FunctionName', 'x'.repeat(65)],
  ['AWS::StepFunctions::StateMachine', 'StateMachineName', 'two words'],
  ['AWS::StepFunctions::StateMachine', 'StateMachineName', 'x'.repeat(81)],
  ['AWS::StepFunctions::StateMachine', 'StateMachineName', 'letters\u{1f4e8}'],
  ['AWS::Events::Rule', 'Name', 'two words'],
  ['AWS::IAM::Role', 'RoleName', 'two words'],
])('%s: a %s that AWS refuses stops the start: %s', (type, property, name) => {
  expect(() => check({ type, properties: { [property]: name } })).toThrow(
    `Shop/It (${type}): the ${property} '${name}' must `,
  );
});

test('a FIFO queue stops the start as one, whatever else it has', () => {
  const properties = { QueueName: 'letters.fifo', ContentBasedDeduplication: true, FifoQueue: true };

  expect(() => check({ type: 'AWS::SQS::Queue', properties })).toThrow(
    'Shop/It (AWS::SQS::Queue): a FIFO queue is not supported locally.',
  );
});

test('two resources of a type that have the same name stop the start', () => {
  const queue = (logicalId: string) =>
    ({ type: 'AWS::SQS::Queue', properties: { QueueName: 'letters' }, logicalId }) as const;

  expect(() => check(queue('First'), queue('Second'))).toThrow(
    "Shop/Second (AWS::SQS::Queue): the QueueName 'letters' belongs to Shop/First already.",
  );
});
