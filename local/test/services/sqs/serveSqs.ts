import { createServer } from 'node:http';
import { SQSClient } from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import { createAdjustableClock } from '../../../ground/clock/clock.ts';
import { readBody } from '../../../wire/readBody.ts';
import { createScheduler } from '../../../ground/scheduler/createScheduler.ts';
import { createSqs } from '../../../services/sqs/createSqs.ts';
import type { QueueDefinition } from '../../../services/sqs/sqs.ts';
import { openStore } from '../../../ground/store/openStore.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

export const ARN = 'arn:aws:sqs:us-east-1:111111111111:letters';

/** A queue as CloudFormation makes it when the template says nothing. */
export const QUEUE = {
  visibilityTimeoutSeconds: 30,
  retentionSeconds: 345_600,
  delaySeconds: 0,
  receiveWaitSeconds: 0,
  largestMessageBytes: 1_048_576,
  redrive: null,
  redriveAllow: null,
  policies: [],
} as const;

/** SQS behind HTTP, with the queue `letters`, and a real client for it. Signatures are another test's subject. */
export async function serveSqs(definition: Partial<QueueDefinition> = {}) {
  const store = openStore({ folder: temporaryFolder() });
  const clock = createAdjustableClock();
  const scheduler = createScheduler({ store, clock });
  const sqs = createSqs({ store, clock, scheduler });
  scheduler.start();
  const server = createServer(async (message, response) => {
    const body = await readBody(message, 10_000_000);
    const { method = '', headers } = message;
    const accessKeyId = 'AKIAEXAMPLE';
    const answer = await sqs.handle({
      method,
      path: '/',
      query: '',
      headers,
      body,
      remoteAddress: '',
      accessKeyId,
      isGone: () => message.socket.destroyed,
    });
    await store.settled();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
    });
  });
  const url = `http://127.0.0.1:${port}/111111111111/letters`;
  const define = (name: string, more: Partial<QueueDefinition> = {}) =>
    sqs.define({
      ...QUEUE,
      name,
      arn: ARN.replace('letters', name),
      url: url.replace('letters', name),
      ...more,
    });
  define('letters', definition);
  const client = new SQSClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret' },
  });
  onTestFinished(() => {
    scheduler.stop();
    client.destroy();
    server.close();
    server.closeAllConnections();
    store.close();
  });
  return { sqs, store, clock, scheduler, client, server, url, define };
}
