import type { Bucket, S3Context } from './bucket.ts';
import { lastMidnight, parseExpiration } from './lifecycle/lifecycle.ts';
import { parsePolicy } from './policy/policy.ts';
import { parseQueueNotifications, type QueueNotification } from './notifications/queueNotification.ts';
import { sendTestEvents } from './notifications/sendTestEvents.ts';
import type { BucketDefinition } from './s3.ts';
import { Unsupported } from '../../ground/refusal.ts';

/** Takes up a bucket of the template; its objects are there when the store knows it. Throws Unsupported. */
export function defineBucket(context: S3Context, definition: BucketDefinition): Bucket {
  const { store, clock } = context;
  const { name, policy, lifecycleRules, versioned, eventBridge } = definition;
  const forbids = parsePolicy(policy, name);
  const now = clock.now();
  store.transact(() =>
    store
      .statement('INSERT OR IGNORE INTO s3_buckets (name, created, swept) VALUES (?, ?, ?)')
      .run(name, Math.floor(now), lastMidnight(now)),
  );
  const row = store.statement('SELECT id, created FROM s3_buckets WHERE name = ?').get(name);
  const bucket = {
    id: Number(row?.['id']),
    created: Number(row?.['created']),
    name,
    versioned,
    eventBridge,
    notifications: notificationsOf(context, definition),
    forbids,
    expiration: parseExpiration(lifecycleRules, name),
  };
  sendTestEvents(context, bucket);
  return bucket;
}

/** S3 checks at once that it may send what it is asked to. */
function notificationsOf(
  { sqs }: S3Context,
  { name, queueConfigurations }: BucketDefinition,
): readonly QueueNotification[] {
  const notifications = parseQueueNotifications(queueConfigurations);
  const sender = { service: 's3.amazonaws.com', sourceArn: `arn:aws:s3:::${name}` };
  for (const { queueArn } of notifications) {
    if (sqs.find(queueArn) === null) {
      throw new Unsupported(`The notification queue ${queueArn || '(none)'} is not a queue of the template.`);
    }
    if (sqs.letsSend(queueArn, sender)) continue;
    throw new Unsupported(
      `The policy of the notification queue ${queueArn} does not let S3 send: allow s3.amazonaws.com the action sqs:SendMessage, with the condition aws:SourceAccount or aws:SourceArn.`,
    );
  }
  return notifications;
}
