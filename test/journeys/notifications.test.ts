import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { writeAssembly } from '../support/writeAssembly.ts';

const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

/** Writes down under the key of each object which message told of it; fails for keys that say so. */
const COLLECT = `
const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
const s3 = new S3Client({});
exports.handler = async ({ Records }) => {
  const batchItemFailures = [];
  for (const { messageId, body } of Records) {
    for (const { s3: { object } } of JSON.parse(body).Records ?? []) {
      if (object.key.includes('poison')) batchItemFailures.push({ itemIdentifier: messageId });
      else await s3.send(new PutObjectCommand({ Bucket: 'told', Key: object.key, Body: String(Records.length) }));
    }
  }
  return { batchItemFailures };
};`;

const RESOURCES = {
  Letters: {
    Type: 'AWS::S3::Bucket',
    DependsOn: 'Policy',
    Properties: {
      BucketName: 'letters',
      NotificationConfiguration: {
        QueueConfigurations: ['requests/', 'decisions/'].map((Value) => ({
          Event: 's3:ObjectCreated:*',
          Queue: arn('Net'),
          Filter: { S3Key: { Rules: [{ Name: 'prefix', Value }] } },
        })),
      },
    },
  },
  Told: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'told' } },
  Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
  Net: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: 'net',
      DelaySeconds: 30,
      VisibilityTimeout: 60,
      RedrivePolicy: { deadLetterTargetArn: arn('Dead'), maxReceiveCount: 2 },
    },
  },
  Policy: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [{ Ref: 'Net' }],
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 's3.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: arn('Net'),
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
    },
  },
  Collect: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: 'collect',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 30,
      Code: { ZipFile: COLLECT },
    },
  },
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: arn('Net'),
      FunctionName: { Ref: 'Collect' },
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    },
  },
};

let folder = '';
let cloud: LocalCloud;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-assembly-'));
  cloud = await startLocalCloud({ assembly: writeAssembly(folder, RESOURCES) });
});
afterAll(async () => {
  await cloud.remove();
  rmSync(folder, { recursive: true, force: true });
});

function s3Client(): S3Client {
  const client = new S3Client(cloud.client());
  onTestFinished(() => client.destroy());
  return client;
}

async function put(key: string): Promise<void> {
  await s3Client().send(new PutObjectCommand({ Bucket: 'letters', Key: key, Body: '{}' }));
}

async function untilTold(key: string): Promise<string | undefined> {
  for (;;) {
    const client = s3Client();
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'told', Prefix: key }));
    const found = Contents.some(({ Key }) => Key === key);
    if (found) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: 'told', Key: key }));
      return Body?.transformToString();
    }
  }
}

async function messagesIn(queue: string): Promise<number> {
  const client = new SQSClient(cloud.client());
  const QueueUrl = `${cloud.endpoint()}/111111111111/${queue}`;
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  );
  client.destroy();
  return Number(Attributes?.ApproximateNumberOfMessages);
}

test('an object tells the function behind the queue when the delay is over', async () => {
  await put('requests/delayed');
  await put('elsewhere/delayed');

  await cloud.advance('PT30S');

  await untilTold('requests/delayed');
  const { Contents = [] } = await s3Client().send(new ListObjectsV2Command({ Bucket: 'told' }));
  expect(Contents.map(({ Key }) => Key)).toEqual(['requests/delayed']);
});

test('an object that was acknowledged right before kill -9 is announced when the process is back', async () => {
  await put('decisions/killed');
  await cloud.end('SIGKILL');
  await cloud.start();

  await cloud.advance('PT30S');

  expect(await untilTold('decisions/killed')).toBeDefined();
});

test('many objects come in batches', async () => {
  const keys = Array.from({ length: 10 }, (_, index) => `requests/many-${index}`);
  await Promise.all(keys.map(put));

  await cloud.advance('PT30S');

  const sizes = await Promise.all(keys.map(untilTold));
  expect(Math.max(...sizes.map(Number))).toBeGreaterThan(1);
});

test('a message that fails again and again ends in the dead-letter queue; the others of its batch are done', async () => {
  await Promise.all(['requests/poison', 'requests/sound'].map(put));
  await cloud.advance('PT30S');
  await untilTold('requests/sound');

  for (let tries = 0; (await messagesIn('dead')) === 0; tries += 1) await cloud.advance('PT60S');

  expect(await messagesIn('dead')).toBe(1);
});

test('a deletion in a bucket without versions removes the object and leaves nothing behind', async () => {
  const client = s3Client();
  const written = await client.send(new PutObjectCommand({ Bucket: 'told', Key: 'token', Body: 'x' }));

  const deleted = await client.send(new DeleteObjectCommand({ Bucket: 'told', Key: 'token' }));

  const versions = await client.send(new ListObjectVersionsCommand({ Bucket: 'told', Prefix: 'token' }));
  expect([written.VersionId, deleted.VersionId, deleted.DeleteMarker]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect([versions.Versions, versions.DeleteMarkers]).toEqual([undefined, undefined]);
});
