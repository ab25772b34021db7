import { SQSClient } from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import { createAdjustableClock } from '../../../ground/clock/clock.ts';
import { createScheduler } from '../../../ground/scheduler/createScheduler.ts';
import { createSqs } from '../../../services/sqs/createSqs.ts';
import type { QueueDefinition } from '../../../services/sqs/sqs.ts';
import { openStore } from '../../../ground/store/openStore.ts';
import { serveHandler } from '../../support/serveHandler.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const CREDENTIALS = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret' };
export const ARN = 'arn:aws:sqs:us-east-1:111111111111:letters';

/** A queue as CloudFormation makes it when the template says nothing. */
export const QUEUE = {
  visibilityTimeoutSeconds: 30,
  retentionSeconds: 345_600,
  delaySeconds: 0,
  receiveWaitSeconds: 0,
  maxMessageBytes: 1_048_576,
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
  const { server, port, endpoint, close } = await serveHandler(
    () => async (request) => {
      const answer = await sqs.handle(request);
      await store.settled();
      return answer;
    },
    { accessKeyId: CREDENTIALS.accessKeyId },
  );
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
  const client = new SQSClient({ endpoint, region: 'us-east-1', credentials: CREDENTIALS });
  onTestFinished(() => {
    scheduler.stop();
    client.destroy();
    void close();
    store.close();
  });
  return { sqs, store, clock, scheduler, client, server, url, define };
}
