import { describe, expect, test } from 'vitest';
import { evaluateStacks } from '../../local/cloud/assembly/evaluateStacks.ts';
import { readAssembly } from '../../local/cloud/assembly/readAssembly.ts';
import { resourcesOf, theOnly } from '../../infra/checks/plainTemplate.ts';
import { synthesizeApp } from '../support/synthesizeApp.ts';

const { template, text, folder } = await synthesizeApp();

test('holds no custom resource, no parameter and no condition', () => {
  expect(Object.keys(JSON.parse(text))).toEqual(['Description', 'Resources', 'Outputs']);
  expect(template.resources.filter(({ type }) => /^Custom::|CustomResource/.test(type))).toEqual([]);
});

test('is understood by the local cloud as it is', () => {
  const [stack] = evaluateStacks(readAssembly(folder), { port: 4000, apiKey: () => 'da2-local' });

  expect(stack?.resources).toHaveLength(template.resources.length);
  expect(stack?.outputs).toMatchObject({ GraphQLUrl: 'http://localhost:4000/graphql' });
});

test('gives what a client needs, under the names of the contract', () => {
  expect(template.outputs).toEqual({
    GraphQLUrl: '<Api.GraphQLUrl>',
    RealtimeUrl: '<Api.RealtimeUrl>',
    ApiId: '<Api.ApiId>',
    StateMachineArn: '<WorkflowStateMachine>',
    BucketName: '<OrdersBucket>',
    WaitingBucketName: '<WaitingBucket>',
    DeadLetterQueueArn: '<SafetyNetDeadLettersQueue.Arn>',
    ExecutionsQueueArn: '<SafetyNetExecutionsQueue.Arn>',
    ExecutionsDeadLetterQueueArn: '<SafetyNetExecutionsDeadLettersQueue.Arn>',
    ForgetRoleArn: '<OrdersForgetRole.Arn>',
  });
});

test('gives no API key away: neither an output nor a variable of a function names one', () => {
  expect(text).not.toMatch(/"ApiKey(Id)?"\s*\]/);
});

test('names no key, account, region or moment', () => {
  expect(text).not.toMatch(/da2-|AKIA|\b\d{12}\b|us-east-1|"Expires"|20\d\d-\d\d-\d\dT/);
});

const PRIVATE = {
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  },
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
  },
};
const onlyOverTls = (bucket: string) => ({
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 's3:*',
  Resource: [`<${bucket}.Arn>`, `<${bucket}.Arn>/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});
const named = (type: string, name: string) =>
  resourcesOf(template, type).find((resource) => resource.name === name)?.properties ?? {};
const policyOf = (bucket: string) => {
  const policies = resourcesOf(template, 'AWS::S3::BucketPolicy').map(({ properties }) => properties);
  return policies.find(({ Bucket }) => Bucket === `<${bucket}>`)?.['PolicyDocument'];
};
const deletionOf = (type: string) =>
  Object.entries<{ Type: string; DeletionPolicy?: string }>(JSON.parse(text).Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, { DeletionPolicy }]) => [id.replace(/[0-9A-F]{8}$/, ''), DeletionPolicy]);

describe('the bucket of the records', () => {
  const bucket = named('AWS::S3::Bucket', 'OrdersBucket');

  test('is private, encrypted and versioned, and tells a queue of new requests and decisions', () => {
    const toQueue = (prefix: string) => ({
      Event: 's3:ObjectCreated:*',
      Queue: '<SafetyNetRecordsQueue.Arn>',
      Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: prefix }] } },
    });

    expect(bucket).toMatchObject({ ...PRIVATE, VersioningConfiguration: { Status: 'Enabled' } });
    expect(bucket['NotificationConfiguration']).toEqual({
      QueueConfigurations: [toQueue('requests/'), toQueue('decisions/')],
    });
  });

  test('refuses what is not over TLS, a second fact of the same name, and the deletion of one', () => {
    const isAnother = { ArnNotEquals: { 'aws:PrincipalArn': '<OrdersForgetRole.Arn>' } };
    const facts = ['<OrdersBucket.Arn>/requests/*', '<OrdersBucket.Arn>/decisions/*'];

    expect(policyOf('OrdersBucket')).toMatchObject({
      Statement: [
        onlyOverTls('OrdersBucket'),
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 's3:PutObject',
          Resource: facts,
          Condition: { Null: { 's3:if-none-match': 'true' }, ...isAnother },
        },
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
          Resource: facts,
          Condition: isAnother,
        },
      ],
    });
  });

  test('keeps a fact without an end, and what version 1 left there longer than any wait', () => {
    expect(bucket['LifecycleConfiguration']).toMatchObject({
      Rules: [
        { Prefix: 'tokens/', ExpirationInDays: 378 },
        { Prefix: 'pending/', ExpirationInDays: 378 },
        { NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
      ],
    });
  });
});

describe('the bucket of what waits', () => {
  const bucket = named('AWS::S3::Bucket', 'WaitingBucket');

  test('is private and encrypted, keeps no versions, and sends no events to EventBridge', () => {
    expect(bucket).toMatchObject(PRIVATE);
    expect(Object.keys(bucket)).not.toContain('VersioningConfiguration');
    expect(Object.keys(bucket)).not.toContain('NotificationConfiguration');
    expect(policyOf('WaitingBucket')).toMatchObject({ Statement: [onlyOverTls('WaitingBucket')] });
  });

  test('keeps a token longer than the longest wait, whatever a deployment sets now: orders keep the deadline they were given', () => {
    expect(bucket['LifecycleConfiguration']).toMatchObject({
      Rules: [{ Status: 'Enabled', ExpirationInDays: 378 }],
    });
  });
});

test('the records outlive the stack with their policy and the role that forgets, and what waits goes with it', () => {
  expect(deletionOf('AWS::S3::Bucket')).toEqual([
    ['OrdersBucket', 'RetainExceptOnCreate'],
    ['WaitingBucket', 'Delete'],
  ]);
  expect(deletionOf('AWS::S3::BucketPolicy')).toEqual([
    ['OrdersPolicy', 'RetainExceptOnCreate'],
    ['WaitingPolicy', undefined],
  ]);
  expect(deletionOf('AWS::IAM::Role').filter(([, policy]) => policy !== undefined)).toEqual([
    ['OrdersForgetRole', 'RetainExceptOnCreate'],
  ]);
});

test('the functions run on arm64 and Node 24, and log to one log', () => {
  const functions = resourcesOf(template, 'AWS::Lambda::Function');

  expect(functions).toHaveLength(15);
  for (const { properties } of functions) {
    expect(properties).toMatchObject({
      Architectures: ['arm64'],
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      MemorySize: 256,
      // Lambda's own lines of each START and REPORT would cost more than those that say something.
      LoggingConfig: { LogFormat: 'JSON', LogGroup: '<FunctionLog>', SystemLogLevel: 'WARN' },
    });
    expect(properties).not.toHaveProperty('Layers');
  }
});

test.each([
  ['api/confirmOrder', 10],
  ['recovery/recordsCreated', 10],
  ['steps/completeOrder', 30],
])('%s has %i seconds: a step has the time of own work', (name, seconds) => {
  expect(named('AWS::Lambda::Function', name)['Timeout']).toBe(seconds);
});

test('the setting of the time of own work is the one of the steps', async () => {
  const patient = await synthesizeApp({ context: { workTimeoutSeconds: 60 } });
  const timeouts = resourcesOf(patient.template, 'AWS::Lambda::Function').map(({ name, properties }) => [
    name.split('/')[0],
    properties['Timeout'],
  ]);

  expect(new Set(timeouts.map((pair) => pair.join()))).toEqual(
    new Set(['api,10', 'steps,60', 'recovery,10']),
  );
});

test('every log ends: it is kept for a month and goes with the stack', () => {
  const groups = Object.values<{ Type: string; DeletionPolicy?: string; Properties: object }>(
    JSON.parse(text).Resources,
  ).filter(({ Type }) => Type === 'AWS::Logs::LogGroup');

  expect(groups).toHaveLength(3);
  for (const group of groups) {
    expect(group).toMatchObject({ DeletionPolicy: 'Delete', Properties: { RetentionInDays: 30 } });
  }
});

test('the log of the API, which has lines for every request, is of the class that costs half', () => {
  const cheap = resourcesOf(template, 'AWS::Logs::LogGroup').filter(
    ({ properties }) => properties['LogGroupClass'] === 'INFREQUENT_ACCESS',
  );

  expect(cheap.map(({ properties }) => properties['LogGroupName'])).toEqual([
    expect.stringMatching(/^\/aws\/appsync\/apis\//),
  ]);
});

test('the workflow logs errors and never data, because the task token is in it', () => {
  expect(theOnly(template, 'AWS::StepFunctions::StateMachine')).toMatchObject({
    StateMachineType: 'STANDARD',
    LoggingConfiguration: { Level: 'ERROR', IncludeExecutionData: false },
  });
});
