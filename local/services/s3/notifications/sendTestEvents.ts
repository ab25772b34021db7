import { randomBytes } from 'node:crypto';
import { keepValue, keptValue } from '../../../ground/store/meta.ts';
import type { Bucket, S3Context } from '../bucket.ts';

/**
 * S3 sends a test event to every queue of a notification configuration when that is set: the queue's consumer has to
 * let it pass (https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html).
 */
export function sendTestEvents(context: S3Context, { name, notifications }: Bucket): void {
  const { store, sqs, clock } = context;
  const set = JSON.stringify(notifications.map(({ id }) => id));
  const known = `s3/${name}/notifications`;
  if (keptValue(store, known, () => '[]') === set) return;
  keepValue(store, known, set);
  for (const queueArn of new Set(notifications.map((notification) => notification.queueArn))) {
    const event = {
      Service: 'Amazon S3',
      Event: 's3:TestEvent',
      Time: new Date(clock.now()).toISOString(),
      Bucket: name,
      RequestId: randomBytes(8).toString('hex').toUpperCase(),
      HostId: randomBytes(48).toString('base64'),
    };
    sqs.send(queueArn, JSON.stringify(event));
  }
}
