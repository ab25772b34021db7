import { createHash } from 'node:crypto';
import { Unsupported } from '../../../ground/refusal.ts';
import { isObject, parseList, parseObject, parseText } from '../../../ground/json.ts';

/** A rule of a bucket: which of its events go to which queue. */
export type QueueNotification = {
  readonly id: string;
  readonly queueArn: string;
  /** Such as `s3:ObjectCreated:*`. */
  readonly event: string;
  /** Of the key. */
  readonly prefix: string;
  readonly suffix: string;
};

/** What a bucket can tell of (https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html). Some never happen here. */
const EVENTS = [
  ...['*', 'Put', 'Post', 'Copy', 'CompleteMultipartUpload'].map((name) => `s3:ObjectCreated:${name}`),
  ...['*', 'Delete', 'DeleteMarkerCreated'].map((name) => `s3:ObjectRemoved:${name}`),
  ...['*', 'Delete', 'DeleteMarkerCreated'].map((name) => `s3:LifecycleExpiration:${name}`),
  ...['*', 'Post', 'Completed', 'Delete'].map((name) => `s3:ObjectRestore:${name}`),
  ...['*', 'Put', 'Delete'].map((name) => `s3:ObjectTagging:${name}`),
  ...[
    '*',
    'OperationFailedReplication',
    'OperationMissedThreshold',
    'OperationReplicatedAfterThreshold',
    'OperationNotTracked',
  ].map((name) => `s3:Replication:${name}`),
  's3:ReducedRedundancyLostObject',
  's3:LifecycleTransition',
  's3:IntelligentTiering',
  's3:ObjectAcl:Put',
];

/** Reads CloudFormation's `QueueConfigurations`. Throws Unsupported for what S3 would refuse. */
export function parseQueueNotifications(configurations: unknown): readonly QueueNotification[] {
  const notifications = parseList(configurations).filter(isObject).map(parseNotification);
  refuseAmbiguous(notifications);
  return notifications;
}

function parseNotification(configuration: Readonly<Record<string, unknown>>): QueueNotification {
  const event = parseText(configuration['Event'], '');
  const queueArn = parseText(configuration['Queue'], '');
  if (!EVENTS.includes(event)) {
    throw new Unsupported(`The event ${event || '(none)'} of a notification is not an event of S3.`);
  }
  const filter = parseFilter(configuration['Filter']);
  return { id: idOf([queueArn, event, filter.prefix, filter.suffix]), queueArn, event, ...filter };
}

function parseFilter(filter: unknown): Pick<QueueNotification, 'prefix' | 'suffix'> {
  const rules = parseList(parseObject(parseObject(filter)['S3Key'])['Rules']).map(parseObject);
  const named = (asked: string) =>
    rules.filter((rule) => parseText(rule['Name'], '').toLowerCase() === asked);
  const [prefixes, suffixes] = [named('prefix'), named('suffix')];
  if (prefixes.length > 1 || suffixes.length > 1 || prefixes.length + suffixes.length !== rules.length) {
    throw new Unsupported(
      `The filter ${JSON.stringify(rules)} of a notification is not valid: S3 takes one prefix and one suffix.`,
    );
  }
  return {
    prefix: parseText(prefixes[0]?.['Value'], ''),
    suffix: parseText(suffixes[0]?.['Value'], ''),
  };
}

/** S3 makes one for a rule that has none; here it is the same at every start. */
function idOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32);
}

function refuseAmbiguous(notifications: readonly QueueNotification[]): void {
  for (const [index, one] of notifications.entries()) {
    const other = notifications.slice(index + 1).find((candidate) => overlaps(one, candidate));
    if (other === undefined) continue;
    throw new Unsupported(
      `Two notifications are ambiguous, as S3 says: ${shown(one)} and ${shown(other)} share an event type and keys.`,
    );
  }
}

function overlaps(one: QueueNotification, other: QueueNotification): boolean {
  const sharesEvent = isOfType(one.event, other.event) || isOfType(other.event, one.event);
  const sharesStart = one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix);
  const sharesEnd = one.suffix.endsWith(other.suffix) || other.suffix.endsWith(one.suffix);
  return sharesEvent && sharesStart && sharesEnd;
}

function shown({ event, prefix, suffix }: QueueNotification): string {
  return `${event} for ${prefix}*${suffix}`;
}

function isOfType(event: string, type: string): boolean {
  return type.endsWith('*') ? event.startsWith(type.slice(0, -1)) : event === type;
}

/** Whether an event of a key, such as `s3:ObjectCreated:Put`, is one that the notification is for. */
export function concerns(
  { event: type, prefix, suffix }: QueueNotification,
  { event, key }: { readonly event: string; readonly key: string },
): boolean {
  return isOfType(event, type) && key.startsWith(prefix) && key.endsWith(suffix);
}
