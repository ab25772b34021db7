import { describe, expect, test } from 'vitest';
import { evaluateStacks } from '../../local/cloud/assembly/evaluateStacks.ts';
import { readAssembly } from '../../local/cloud/assembly/readAssembly.ts';
import { resourcesOf, theOnly } from '../../infra/checks/plainTemplate.ts';
import { synthesizeApp } from './support/synthesizeApp.ts';

const { template, text, folder } = await synthesizeApp();

test('holds no custom resource, no parameter and no condition', () => {
  expect(Object.keys(JSON.parse(text))).toEqual(['Description', 'Metadata', 'Resources', 'Outputs']);
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
  });
});

test('gives no API key away: neither an output nor a variable of a function names one', () => {
  expect(text).not.toMatch(/"ApiKey(Id)?"\s*\]/);
});

test('names no key, account, region or moment', () => {
  expect(text).not.toMatch(/da2-|AKIA|\b\d{12}\b|us-east-1|"Expires"|20\d\d-\d\d-\d\dT/);
});

describe('the bucket', () => {
  const bucket = theOnly(template, 'AWS::S3::Bucket');

  test('is private, encrypted and versioned, and tells EventBridge', () => {
    expect(bucket).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      VersioningConfiguration: { Status: 'Enabled' },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
  });

  test('outlives the stack with its policy', () => {
    const kept = Object.values<{ Type: string; DeletionPolicy?: string }>(JSON.parse(text).Resources)
      .filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain')
      .map(({ Type }) => Type);

    expect(kept).toEqual(['AWS::S3::Bucket', 'AWS::S3::BucketPolicy']);
  });

  test('refuses what is not over TLS, a second fact of the same name, and the deletion of one', () => {
    const facts = ['<OrdersBucket.Arn>/requests/*', '<OrdersBucket.Arn>/decisions/*'];

    expect(theOnly(template, 'AWS::S3::BucketPolicy')['PolicyDocument']).toMatchObject({
      Statement: [
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 's3:*',
          Resource: ['<OrdersBucket.Arn>', '<OrdersBucket.Arn>/*'],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 's3:PutObject',
          Resource: facts,
          Condition: { Null: { 's3:if-none-match': 'true' } },
        },
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
          Resource: facts,
        },
      ],
    });
  });

  test('keeps a token longer than any wait, and a fact for ever', () => {
    expect(bucket['LifecycleConfiguration']).toMatchObject({
      Rules: [
        { Prefix: 'tokens/', ExpirationInDays: 17 },
        { Prefix: 'pending/', ExpirationInDays: 17 },
        { NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
      ],
    });
  });
});

test('the functions run on arm64 and Node 24, for 10 seconds at most, and log to one log', () => {
  const functions = resourcesOf(template, 'AWS::Lambda::Function');

  expect(functions).toHaveLength(16);
  for (const { properties } of functions) {
    expect(properties).toMatchObject({
      Architectures: ['arm64'],
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 10,
      MemorySize: 256,
      LoggingConfig: { LogFormat: 'JSON', LogGroup: '<FunctionLog>' },
    });
    expect(properties).not.toHaveProperty('Layers');
  }
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

test('the workflow logs errors and never data, because the task token is in it', () => {
  expect(theOnly(template, 'AWS::StepFunctions::StateMachine')).toMatchObject({
    StateMachineType: 'STANDARD',
    LoggingConfiguration: { Level: 'ERROR', IncludeExecutionData: false },
  });
});
