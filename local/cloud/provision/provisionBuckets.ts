import type { EvaluatedStack, Resource } from '../assembly/evaluateStacks.ts';
import {
  isObject,
  type JsonObject,
  parseBoolean,
  parseList,
  parseObject,
  parseText,
} from '../../ground/json.ts';
import type { BucketDefinition, S3 } from '../../services/s3/s3.ts';
import { documentOf } from './documentOf.ts';
import { naming, refuse } from './refuse.ts';

/** The policy of a bucket may stand in another stack. */
export function provisionBuckets(stacks: readonly EvaluatedStack[], s3: Pick<S3, 'define'>): void {
  const all = stacks.flatMap(({ resources }) => resources);
  const buckets = all.filter(({ type }) => type === 'AWS::S3::Bucket');
  const policies = new Map<string, JsonObject | null>();
  for (const resource of all.filter(({ type }) => type === 'AWS::S3::BucketPolicy')) {
    const bucket = parseText(resource.properties['Bucket'], '');
    if (!buckets.some(({ reference }) => reference === bucket))
      refuse(resource, `the bucket ${bucket}, which no stack declares, is`);
    const policy = documentOf(resource, 'PolicyDocument');
    refuseFunctionRoles(resource, JSON.stringify(policy), all);
    policies.set(bucket, policy);
  }
  for (const resource of buckets) {
    const { properties } = resource;
    naming(resource, () =>
      s3.define({
        name: resource.reference,
        policy: policies.get(resource.reference) ?? null,
        lifecycleRules: parseList(parseObject(properties['LifecycleConfiguration'])['Rules']).filter(
          isObject,
        ),
        versioned: isVersioned(resource),
        ...notificationsOf(resource),
      }),
    );
  }
}

/** Functions share the account's identity here: a policy about the role of one of them would be obeyed wrongly. */
function refuseFunctionRoles(policy: Resource, text: string, all: readonly Resource[]): void {
  for (const { type, properties } of all) {
    if (type !== 'AWS::Lambda::Function') continue;
    const role = parseText(properties['Role'], '');
    if (role !== '' && text.includes(`"${role}"`)) refuse(policy, `the role of a function (${role}) is`);
  }
}

function isVersioned(resource: Resource): boolean {
  const status = parseObject(resource.properties['VersioningConfiguration'])['Status'];
  if (status === 'Suspended') refuse(resource, 'versioning that is suspended is');
  return status === 'Enabled';
}

function notificationsOf(resource: Resource): Pick<BucketDefinition, 'eventBridge' | 'queueConfigurations'> {
  const {
    EventBridgeConfiguration: eventBridge,
    QueueConfigurations: queues,
    ...others
  } = parseObject(resource.properties['NotificationConfiguration']);
  const [other] = Object.keys(others).filter((name) => parseList(others[name]).length > 0);
  if (other !== undefined) {
    refuse(
      resource,
      `NotificationConfiguration.${other} (use QueueConfigurations or EventBridgeConfiguration) is`,
    );
  }
  return {
    eventBridge: isObject(eventBridge) && parseBoolean(eventBridge['EventBridgeEnabled'], true),
    queueConfigurations: parseList(queues),
  };
}
