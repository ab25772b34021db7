import type { Clock } from '../../ground/clock/clock.ts';
import type { Events } from '../events/events.ts';
import type { Sqs } from '../sqs/sqs.ts';
import type { Store } from '../../ground/store/store.ts';
import type { ExpirationRule } from './lifecycle/lifecycle.ts';
import type { QueueNotification } from './notifications/queueNotification.ts';
import type { Objects } from './records/objects.ts';
import type { Forbids } from './policy/policy.ts';
import type { S3Request } from './wire/s3Request.ts';
import type { Uploads } from './records/uploads.ts';

/** A bucket of the template, ready to serve. */
export type Bucket = {
  readonly id: number;
  readonly name: string;
  readonly created: number;
  readonly versioned: boolean;
  readonly eventBridge: boolean;
  readonly notifications: readonly QueueNotification[];
  readonly forbids: Forbids;
  readonly expiration: readonly ExpirationRule[];
};

/** What every S3 operation works with. */
export type S3Context = {
  readonly store: Store;
  readonly clock: Clock;
  readonly events: Events;
  readonly sqs: Sqs;
  readonly objects: Objects;
  readonly uploads: Uploads;
  readonly buckets: ReadonlyMap<string, Bucket>;
};

/** An operation's request, after the bucket was found and its policy asked. */
export type OnBucket = { readonly context: S3Context; readonly bucket: Bucket; readonly request: S3Request };
