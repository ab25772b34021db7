import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { writeAssembly } from '../support/writeAssembly.ts';

const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const functionOf = (name: string, source: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: name,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { ZipFile: source },
  },
});
const queueOf = (QueueName: string, more: object = {}) => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName, ...more },
});
const ruleOf = (EventPattern: object, ...targets: readonly string[]) => ({
  Type: 'AWS::Events::Rule',
  Properties: { EventPattern, Targets: targets.map((target) => ({ Id: target, Arn: arn(target) })) },
});

/** Copies what it got into the bucket `copies`, under the request's id. */
const COPY = `
const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
const s3 = new S3Client({});
exports.handler = (event, { awsRequestId }) => s3.send(new PutObjectCommand({
  Bucket: 'copies', Key: awsRequestId, Body: JSON.stringify(event) }));`;
const SAY = `exports.handler = async (event) => { console.log(event); console.error(JSON.stringify(event)); return 1; };`;
const SLOW = `
const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
const s3 = new S3Client({});
exports.handler = async (event, { awsRequestId }) => {
  await s3.send(new PutObjectCommand({ Bucket: 'copies', Key: awsRequestId + '/' + Date.now(), Body: 'begun' }));
  await new Promise((resolve) => setTimeout(resolve, 600000));
};`;

const RESOURCES = {
  Letters: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketName: 'letters',
      VersioningConfiguration: { Status: 'Enabled' },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    },
  },
  Copies: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'copies' } },
  Heard: queueOf('heard'),
  Work: queueOf('work'),
  Copy: functionOf('copy', COPY),
  Say: functionOf('say', SAY),
  Slow: {
    ...functionOf('slow', SLOW),
    Properties: { ...functionOf('slow', SLOW).Properties, Timeout: 900 },
  },
  Created: ruleOf({ source: ['aws.s3'], 'detail-type': ['Object Created'] }, 'Heard', 'Copy'),
  Ordered: ruleOf({ source: ['shop'] }, 'Heard'),
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

function clients() {
  const s3 = new S3Client(cloud.client());
  const sqs = new SQSClient(cloud.client());
  onTestFinished(() => {
    s3.destroy();
    sqs.destroy();
  });
  const url = (queue: string) => `${cloud.endpoint()}/111111111111/${queue}`;
  return {
    put: (Key: string, Body: string | Uint8Array) =>
      s3.send(new PutObjectCommand({ Bucket: 'letters', Key, Body })),
    read: async (Bucket: string, Key: string) =>
      (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString(),
    keys: async (Bucket: string, Prefix = '') =>
      ((await s3.send(new ListObjectsV2Command({ Bucket, Prefix }))).Contents ?? []).map(
        ({ Key = '' }) => Key,
      ),
    send: (queue: string, MessageBody: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl: url(queue), MessageBody })),
    receive: async (queue: string, WaitTimeSeconds = 0) =>
      (
        await sqs.send(
          new ReceiveMessageCommand({ QueueUrl: url(queue), WaitTimeSeconds, MaxNumberOfMessages: 10 }),
        )
      ).Messages ?? [],
    forget: (queue: string, ReceiptHandle: string | undefined) =>
      sqs.send(new DeleteMessageCommand({ QueueUrl: url(queue), ReceiptHandle })),
  };
}

async function restart(): Promise<void> {
  await cloud.end('SIGKILL');
  await cloud.start();
}

const invoke = (name: string, body: string, headers: Record<string, string> = {}) =>
  cloud.fetchSigned({
    service: 'lambda',
    path: `/2015-03-31/functions/${name}/invocations`,
    headers,
    body,
  });

/** Messages that tell of a key; they are deleted, so that another test does not meet them. */
async function heardOf(key: string): Promise<number> {
  const { receive, forget } = clients();
  for (;;) {
    const messages = await receive('heard', 20);
    if (messages.length === 0) return 0;
    for (const { ReceiptHandle } of messages) await forget('heard', ReceiptHandle);
    const found = messages.filter(({ Body = '' }) => JSON.parse(Body).detail.object?.key === key);
    if (found.length > 0) return found.length;
  }
}

/** What the function that hears of a key has written about it, once it has. */
function copyOf(key: string): Promise<string> {
  const { keys, read } = clients();
  return until(async () => {
    const bodies = await Promise.all((await keys('copies')).map((copy) => read('copies', copy)));
    return bodies.find((body) => body?.includes(`"${key}"`));
  });
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
  }
}

describe('a process that is killed', () => {
  test('right after an object was acknowledged still tells the queue and the function of it', async () => {
    await clients().put('killed.json', '{}');
    await restart();

    const heard = await heardOf('killed.json');
    const copy = await copyOf('killed.json');

    expect(heard).toBe(1);
    expect(JSON.parse(copy)).toMatchObject({ detail: { object: { key: 'killed.json', size: 2 } } });
  });

  test.each([
    ['s3.PutObject', 'before', false],
    ['s3.PutObject.done', 'after', true],
  ])('at %s has done the whole of it or nothing', async (point, key, isThere) => {
    await cloud.arm({ point, kind: 'kill' });
    await expect(clients().put(key, 'x')).rejects.toThrow(/socket hang up|ECONNRESET/);
    await cloud.ended();
    await cloud.start();

    const { put, keys } = clients();
    const listed = await keys('letters', key);
    if (!isThere) await put(key, 'again');
    const heard = await heardOf(key);
    await copyOf(key); // a put as well: the next fault is not for it

    expect(listed).toEqual(isThere ? [key] : []);
    expect(heard).toBe(1);
  });

  test('gives a message again that was received, and not one that was deleted', async () => {
    const before = clients();
    for (const body of ['done', 'under way']) await before.send('work', body);
    const messages = [...(await before.receive('work')), ...(await before.receive('work'))];
    const done = messages.find(({ Body }) => Body === 'done');
    await before.forget('work', done?.ReceiptHandle);

    await restart();
    const hidden = await clients().receive('work');
    await cloud.advance('PT30S');

    expect(hidden).toEqual([]);
    expect(await clients().receive('work')).toMatchObject([{ Body: 'under way' }]);
  });

  test('runs an asynchronous invocation again that it was killed in, with the same request id', async () => {
    const accepted = await invoke('slow', '{}', { 'x-amz-invocation-type': 'Event' });
    const requestId = accepted.headers.get('x-amzn-requestid') ?? '';
    const runs = (count: number) =>
      until(async () => {
        const begun = await clients().keys('copies', `${requestId}/`);
        return begun.length >= count ? begun.length : undefined;
      });
    await runs(1);

    await restart();

    expect(accepted.status).toBe(202);
    expect(await runs(2)).toBe(2);
  });
});

describe('an upload', () => {
  test('that is broken off leaves nothing behind', async () => {
    const { hostname, port } = new URL(cloud.endpoint());
    const { credentials } = cloud.client();
    const socket = connect(Number(port), hostname);
    const head =
      `PUT /letters/half HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-length: 1000\r\n` +
      `authorization: AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260101/us-east-1/s3/aws4_request`;
    await new Promise((resolve) => socket.write(`${head}\r\n\r\nhalf`, resolve));
    socket.destroy();

    expect(await clients().keys('letters', 'half')).toEqual([]);
    expect(cloud.printed()).not.toContain('Internal error');
  });

  test('of 5 MB comes back whole, and one that is too large is refused in the words of S3', async () => {
    const { put, read } = clients();
    const large = Buffer.alloc(5_000_000, 'countersign ');
    await put('large', large);

    expect((await read('letters', 'large'))?.length).toBe(5_000_000);
    await expect(put('too-large', Buffer.alloc(67_108_865))).rejects.toMatchObject({
      name: 'EntityTooLarge',
      $metadata: { httpStatusCode: 400 },
    });
  });
});

test('an upload from an HTML form is refused with a sentence that says so', async () => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ key: 'a', policy: 'e30=', 'x-amz-signature': 'b' }))
    form.set(name, value);
  form.set('file', new Blob(['hello']));

  const answer = await fetch(`${cloud.endpoint()}/letters`, { method: 'POST', body: form });

  expect(answer.status).toBe(501);
  expect(await answer.text()).toMatch(/<Code>NotImplemented<.*PostObject, the upload from an HTML form/s);
});

test('an event of the application reaches the queue over the wire', async () => {
  const entry = { Source: 'shop', DetailType: 'Ordered', Detail: '{"chairs":12}' };

  const answer = await cloud.fetchSigned({
    service: 'events',
    path: '/',
    headers: { 'x-amz-target': 'AWSEvents.PutEvents', 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({ Entries: [entry] }),
  });
  const told = await until(async () =>
    (await clients().receive('heard', 20)).find(({ Body }) => Body?.includes('"chairs":12')),
  );

  expect(await answer.json()).toMatchObject({ FailedEntryCount: 0 });
  expect(JSON.parse(told.Body ?? '')).toMatchObject({ source: 'shop', 'detail-type': 'Ordered' });
});

test('a secret that a function logs stands nowhere: not in the terminal, the file or the tail', async () => {
  const token = `AAAAKgAAAAIAAAAAAAAAA${'x1Y2'.repeat(160)}`;
  const apiKey = `da2-${'a1'.repeat(13)}`;
  const { secretAccessKey } = cloud.client().credentials;
  const event = { token, list: [{ apiKey }], text: `key=${secretAccessKey}`, said: 'hello' };

  const answer = await invoke('say', JSON.stringify(event), { 'x-amz-log-type': 'Tail' });
  const tail = Buffer.from(answer.headers.get('x-amz-log-result') ?? '', 'base64').toString();
  await cloud.end('SIGTERM');
  const logs = join(cloud.data, 'logs');
  const files = readdirSync(logs).map((file) => readFileSync(join(logs, file), 'utf8'));
  await cloud.start();

  for (const text of [tail, cloud.printed(), files.join('\n')]) {
    expect(text).toContain('hello');
    for (const secret of [token.slice(0, 60), token.slice(-60), apiKey, secretAccessKey]) {
      expect(text).not.toContain(secret);
    }
  }
});
