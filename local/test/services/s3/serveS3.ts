import { S3Client } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import { createAdjustableClock } from '../../../ground/clock/clock.ts';
import type { CloudEvent, Events } from '../../../services/events/events.ts';
import { createSignatureVerifier } from '../../../wire/signature/createSignatureVerifier.ts';
import { createSqs } from '../../../services/sqs/createSqs.ts';
import { createSts } from '../../../services/sts/createSts.ts';
import { createS3 } from '../../../services/s3/createS3.ts';
import type { BucketDefinition, S3 } from '../../../services/s3/s3.ts';
import { createScheduler } from '../../../ground/scheduler/createScheduler.ts';
import { openStore } from '../../../ground/store/openStore.ts';
import { QUEUE } from '../sqs/serveSqs.ts';
import { serveHandler } from '../../support/serveHandler.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

export const CREDENTIALS = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret' };
const BUCKET: BucketDefinition = {
  name: 'bucket',
  policy: null,
  lifecycleRules: [],
  versioned: false,
  eventBridge: false,
  queueConfigurations: [],
};
const secrets = new Map([[CREDENTIALS.accessKeyId, { secret: CREDENTIALS.secretAccessKey }]]);

export type Asked = {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
};

/** The queue that buckets of these tests may send to. */
export const EVENTS_ARN = 'arn:aws:sqs:us-east-1:111111111111:events';
const EVENTS_POLICY = {
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: EVENTS_ARN,
      Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } },
    },
  ],
};

/** S3 without the server around it, on a store of this test alone. */
export function setUpS3(definition: Partial<BucketDefinition> = {}, folder = temporaryFolder()) {
  const store = openStore({ folder });
  onTestFinished(() => {
    if (store.database.isOpen) store.close();
  });
  const clock = createAdjustableClock();
  const scheduler = createScheduler({ store, clock });
  const emitted: CloudEvent[] = [];
  const events: Events = {
    define: () => {},
    emit: (event) => void emitted.push(event),
    start: () => {},
    stop: () => {},
  };
  const sqs = createSqs({ store, clock, scheduler });
  const s3 = createS3({ store, clock, scheduler, events, sqs, sts: createSts({ store, clock }) });
  sqs.define({ ...QUEUE, name: 'events', arn: EVENTS_ARN, url: EVENTS_ARN, policies: [EVENTS_POLICY] });
  s3.define({ ...BUCKET, ...definition });
  return { sqs, s3, store, clock, scheduler, emitted, ask: (asked: Asked) => ask(s3, asked) };
}

/** Asks as somebody whose signature was verified. */
async function ask(s3: S3, { path, method = 'GET', headers = {}, body = '' }: Asked) {
  const [pathname = '', query = ''] = path.split('?');
  const answer = await s3.handle({
    method,
    path: pathname,
    query,
    headers,
    body: Buffer.from(body),
    remoteAddress: '127.0.0.1',
    accessKeyId: CREDENTIALS.accessKeyId,
  });
  return { ...answer, text: Buffer.from(answer.body).toString('utf8') };
}

/** S3 behind HTTP and verified signatures, and a real client for it. */
export async function serveS3(definition: Partial<BucketDefinition> = {}) {
  const parts = setUpS3(definition);
  const wallClock = { now: Date.now };
  const verify = createSignatureVerifier({ clock: parts.clock, wallClock, secrets });
  const { endpoint, close } = await serveHandler(() => async (request) => {
    const verified = verify(request);
    const accessKeyId = verified.ok ? verified.accessKeyId : null;
    const answer = await parts.s3.handle({ ...request, accessKeyId });
    await parts.store.settled();
    return answer;
  });
  const client = new S3Client({ endpoint, region: 'us-east-1', credentials: CREDENTIALS });
  onTestFinished(() => {
    client.destroy();
    void close();
  });
  return { ...parts, client, endpoint };
}

/** The name and status with which an SDK call failed. */
export function failureOf(promise: Promise<unknown>): Promise<{ name: string; status: number }> {
  return promise.then(
    () => ({ name: 'none', status: 200 }),
    (error: { name: string; $metadata?: { httpStatusCode?: number } }) => ({
      name: error.name,
      status: error.$metadata?.httpStatusCode ?? 0,
    }),
  );
}
