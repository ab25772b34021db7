import { ACCOUNT_ID, REGION } from '../../../ground/account.ts';
import type { Bucket, S3Context } from '../bucket.ts';
import { encodeName } from '../records/listing.ts';
import { concerns, type QueueNotification } from './queueNotification.ts';

/** The principal that caused an event. */
export type Cause = { readonly id: string; readonly remoteAddress: string; readonly requester?: string };

/** What happened to an object, in the words of S3's notifications. */
export type ObjectEvent = {
  /** Such as `ObjectCreated:Put`. */
  readonly name: string;
  readonly key: string;
  /** The other members of the record's `object`. */
  readonly object: () => Readonly<Record<string, string | number>>;
  readonly by: Cause;
};

/** Sends an event to the queues that a bucket names for it, in the open transaction: both are kept, or neither. */
export function notifyQueues({ sqs, clock }: S3Context, bucket: Bucket, event: ObjectEvent): void {
  for (const notification of bucket.notifications) {
    if (!concerns(notification, { event: `s3:${event.name}`, key: event.key })) continue;
    const record = recordOf(event, { bucket, notification, now: clock.now() });
    sqs.send(notification.queueArn, JSON.stringify({ Records: [record] }));
  }
}

type About = { readonly bucket: Bucket; readonly notification: QueueNotification; readonly now: number };

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
function recordOf({ name, key, object, by }: ObjectEvent, { bucket, notification, now }: About): unknown {
  return {
    eventVersion: name.startsWith('Lifecycle') ? '2.3' : '2.1',
    eventSource: 'aws:s3',
    awsRegion: REGION,
    eventTime: new Date(now).toISOString(),
    eventName: name,
    userIdentity: { principalId: by.requester ?? `AWS:${ACCOUNT_ID}` },
    requestParameters: { sourceIPAddress: by.remoteAddress },
    responseElements: { 'x-amz-request-id': by.id, 'x-amz-id-2': by.id },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: notification.id,
      bucket: {
        name: bucket.name,
        ownerIdentity: { principalId: ACCOUNT_ID },
        arn: `arn:aws:s3:::${bucket.name}`,
      },
      object: { key: encodeName(key), ...object() },
    },
  };
}
