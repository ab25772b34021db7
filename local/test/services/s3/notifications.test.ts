import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { EVENTS_ARN, serveS3, setUpS3 } from './serveS3.ts';

const DAY = 86_400_000;
const Bucket = 'bucket';

type Rule = { readonly Name: string; readonly Value: string };

function configured(Event: string, ...Rules: readonly Rule[]) {
  return { Event, Queue: EVENTS_ARN, Filter: { S3Key: { Rules } } };
}

type Message = {
  readonly Event?: string;
  readonly Records?: readonly {
    readonly eventName: string;
    readonly eventVersion: string;
    readonly s3: { readonly object: { readonly key: string } };
  }[];
};

/** What has come into the queue since the last look, as the readers of the queue parse it. */
function reader({ sqs }: Pick<ReturnType<typeof setUpS3>, 'sqs'>) {
  const { receive } = sqs.read(EVENTS_ARN, () => {});
  const messages = (): readonly Message[] =>
    receive({ limit: 100, bytes: 1e6 }).map(({ body }) => JSON.parse(body));
  const names = () =>
    messages()
      .flatMap(({ Records = [] }) => Records)
      .map(({ eventName, s3 }) => `${eventName} ${s3.object.key}`);
  return { messages, names };
}

test('an object that is created sends the event that S3 documents, byte for byte where it is fixed', async () => {
  const served = await serveS3({
    versioned: true,
    queueConfigurations: [configured('s3:ObjectCreated:*', { Name: 'prefix', Value: 'orders/' })],
  });
  const { messages } = reader(served);
  messages();

  const put = await served.client.send(
    new PutObjectCommand({ Bucket, Key: 'orders/red flower é+.jpg', Body: 'hello' }),
  );

  expect(messages()).toEqual([
    {
      Records: [
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          awsRegion: 'us-east-1',
          eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          eventName: 'ObjectCreated:Put',
          userIdentity: { principalId: 'AWS:111111111111' },
          requestParameters: { sourceIPAddress: '127.0.0.1' },
          responseElements: {
            'x-amz-request-id': put.$metadata.requestId,
            'x-amz-id-2': put.$metadata.extendedRequestId,
          },
          s3: {
            s3SchemaVersion: '1.0',
            configurationId: expect.stringMatching(/^.{32}$/),
            bucket: {
              name: 'bucket',
              ownerIdentity: { principalId: '111111111111' },
              arn: 'arn:aws:s3:::bucket',
            },
            object: {
              key: 'orders/red+flower+%C3%A9%2B.jpg',
              size: 5,
              eTag: '5d41402abc4b2a76b9719d911017c592',
              versionId: put.VersionId,
              sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
            },
          },
        },
      ],
    },
  ]);
});

test('every way to create an object has its own event', async () => {
  const served = await serveS3({ queueConfigurations: [configured('s3:ObjectCreated:*')] });
  const { names } = reader(served);
  const { client } = served;

  await client.send(new PutObjectCommand({ Bucket, Key: 'put', Body: 'x' }));
  await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: 'bucket/put' }));
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'parts' }));
  const part = { Bucket, Key: 'parts', UploadId, PartNumber: 1 };
  const { ETag } = await client.send(new UploadPartCommand({ ...part, Body: 'x' }));
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  await client.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'parts', UploadId, MultipartUpload }));

  expect(names()).toEqual([
    'ObjectCreated:Put put',
    'ObjectCreated:Copy copy',
    'ObjectCreated:CompleteMultipartUpload parts',
  ]);
});

test.each([
  [true, 'ObjectRemoved:DeleteMarkerCreated'],
  [false, 'ObjectRemoved:Delete'],
])('in a bucket with versioning %s a deletion is %s', async (versioned, name) => {
  const served = await serveS3({ versioned, queueConfigurations: [configured('s3:ObjectRemoved:*')] });
  const { names } = reader(served);
  for (const Key of ['a', 'b']) await served.client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));

  await served.client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  await served.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'b' }] } }));

  expect(names()).toEqual([`${name} a`, `${name} b`]);
});

test('a version that is deleted for good is named, without a size', async () => {
  const served = await serveS3({
    versioned: true,
    queueConfigurations: [configured('s3:ObjectRemoved:Delete')],
  });
  const { messages } = reader(served);
  const { VersionId } = await served.client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));

  await served.client.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId }));

  const [record] = messages().flatMap(({ Records = [] }) => Records);
  expect(record?.s3.object).toEqual({ key: 'a', versionId: VersionId, sequencer: expect.any(String) });
});

test('what expires is told as such, and not as removed', async () => {
  const { ask, s3, clock, scheduler, ...served } = setUpS3({
    lifecycleRules: [{ Status: 'Enabled', ExpirationInDays: 1 }],
    queueConfigurations: [configured('s3:LifecycleExpiration:*'), configured('s3:ObjectRemoved:*')],
  });
  const { messages } = reader(served);
  await ask({ method: 'PUT', path: '/bucket/old', body: 'x' });
  scheduler.start();
  s3.start();

  clock.advance(3 * DAY);
  await scheduler.runDue();

  const records = messages().flatMap(({ Records = [] }) => Records);
  expect(records).toMatchObject([{ eventName: 'LifecycleExpiration:Delete', eventVersion: '2.3' }]);
  scheduler.stop();
});

test('filters are of the key, its start and its end', async () => {
  const prefix = { Name: 'Prefix', Value: 'in/' };
  const suffix = { Name: 'suffix', Value: '.json' };
  const { ask, ...served } = setUpS3({
    queueConfigurations: [configured('s3:ObjectCreated:Put', prefix, suffix)],
  });
  const { names } = reader(served);

  for (const key of ['in/a.json', 'in/a.txt', 'out/a.json', 'in/%C3%A9.json', 'xin/a.json'])
    await ask({ method: 'PUT', path: `/bucket/${key}`, body: 'x' });

  expect(names()).toEqual(['ObjectCreated:Put in/a.json', 'ObjectCreated:Put in/%C3%A9.json']);
});

test('a write that is refused, or a bucket that asks for nothing, sends nothing', async () => {
  const telling = setUpS3({ queueConfigurations: [configured('s3:ObjectCreated:*')] });
  const silent = setUpS3();

  await telling.ask({ method: 'PUT', path: '/bucket/k', headers: { 'if-match': '"abc"' } });
  await silent.ask({ method: 'PUT', path: '/bucket/k' });

  expect([...reader(telling).names(), ...reader(silent).messages()]).toEqual([]);
});

describe('a notification configuration', () => {
  test('is tested once with S3’s own event, and again only when it changes', () => {
    const queueConfigurations = [configured('s3:ObjectCreated:*')];
    const served = setUpS3({ queueConfigurations });
    const { messages } = reader(served);
    const bucket = {
      name: 'bucket',
      policy: null,
      lifecycleRules: [],
      versioned: false,
      eventBridge: false,
      queueConfigurations,
    };

    const first = messages();
    served.s3.define(bucket);
    const second = messages();
    served.s3.define({ ...bucket, queueConfigurations: [configured('s3:ObjectRemoved:*')] });

    expect(first).toEqual([
      {
        Service: 'Amazon S3',
        Event: 's3:TestEvent',
        Time: expect.any(String),
        Bucket: 'bucket',
        RequestId: expect.any(String),
        HostId: expect.any(String),
      },
    ]);
    expect(second).toEqual([]);
    expect(messages()).toHaveLength(1);
  });

  const prefixed = (Value: string) => ({ Name: 'prefix', Value });
  test.each([
    [[configured('s3:ObjectMade:*')], 'The event s3:ObjectMade:* of a notification is not an event of S3.'],
    [[configured('s3:ObjectCreated:*', { Name: 'infix', Value: 'a' })], 'S3 takes one prefix and one suffix'],
    [[configured('s3:ObjectCreated:*', prefixed('a'), prefixed('b'))], 'S3 takes one prefix and one suffix'],
    [
      [configured('s3:ObjectCreated:*', prefixed('a')), configured('s3:ObjectCreated:Put', prefixed('ab'))],
      's3:ObjectCreated:* for a* and s3:ObjectCreated:Put for ab* share an event type and keys',
    ],
    [
      [{ Event: 's3:ObjectCreated:*', Queue: `${EVENTS_ARN}2` }],
      `The notification queue ${EVENTS_ARN}2 is not a queue of the template.`,
    ],
  ])('that S3 would refuse stops the start: %j', (queueConfigurations, message) => {
    expect(() => setUpS3({ queueConfigurations })).toThrow(message);
  });

  test('may name two prefixes that share nothing', () => {
    const queueConfigurations = ['requests/', 'decisions/'].map((prefix) =>
      configured('s3:ObjectCreated:*', prefixed(prefix)),
    );

    expect(() => setUpS3({ queueConfigurations })).not.toThrow();
  });
});

describe('the policy of the queue', () => {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: 'SQS:SendMessage',
    Resource: EVENTS_ARN,
  };
  const denied = { ...statement, Effect: 'Deny' };
  const condition = (Condition: object) => ({ ...statement, Condition });

  test.each([
    ['without a condition', [statement], true],
    ['with a list of actions', [{ ...statement, Action: ['sqs:Get*', 'sqs:Send*'] }], true],
    ['for everybody', [{ ...statement, Principal: '*' }], true],
    ['of the account', [condition({ StringEquals: { 'aws:SourceAccount': '111111111111' } })], true],
    ['of the bucket', [condition({ ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::bucket' } })], true],
    ['of buckets like it', [condition({ ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:*:*:buck*' } })], true],
    ['with a denial of calls without TLS', [statement, tlsOnly()], true],
    ['that is not there', [], false],
    ['of another service', [{ ...statement, Principal: { Service: 'sns.amazonaws.com' } }], false],
    ['of another action', [{ ...statement, Action: 'sqs:ReceiveMessage' }], false],
    ['of another queue', [{ ...statement, Resource: `${EVENTS_ARN}2` }], false],
    ['of another account', [condition({ StringEquals: { 'aws:SourceAccount': '222222222222' } })], false],
    ['of another bucket', [condition({ ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::other' } })], false],
    ['with a key that S3 does not send', [condition({ StringEquals: { 'aws:PrincipalArn': 'x' } })], false],
    ['with a denial', [statement, denied], false],
  ])('%s lets S3 send, or stops the start', (_what, Statement, lets) => {
    const { sqs, s3 } = setUpS3();
    const definition = sqs.find(EVENTS_ARN);
    if (definition !== null) sqs.define({ ...definition, policies: [{ Statement }] });

    const refusal = refusalOf(() =>
      s3.define({
        name: 'bucket',
        policy: null,
        lifecycleRules: [],
        versioned: false,
        eventBridge: false,
        queueConfigurations: [configured('s3:ObjectCreated:*')],
      }),
    );

    const expected = lets ? 'none' : `policy of the notification queue ${EVENTS_ARN} does not let S3 send`;
    expect(refusal ?? 'none').toContain(expected);
  });

  function refusalOf(run: () => void): string | null {
    try {
      run();
      return null;
    } catch (error) {
      return String(error);
    }
  }

  function tlsOnly() {
    const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
    return { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: EVENTS_ARN, Condition };
  }
});
