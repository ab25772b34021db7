import type { EvaluatedStack, Resource } from '../assembly/evaluateStacks.ts';
import {
  isObject,
  parseBoolean,
  parseList,
  parseNumber,
  parseObject,
  parseText,
  type JsonObject,
} from '../../ground/json.ts';
import type { S3 } from '../../services/s3/s3.ts';
import type { Redrive, Sqs } from '../../services/sqs/sqs.ts';
import { naming, refuse, refuseProperties } from './refuse.ts';

const DEFAULT_VISIBILITY_SECONDS = 30;
const DEFAULT_RETENTION_SECONDS = 345_600;
const DEFAULT_LARGEST_MESSAGE_BYTES = 1_048_576;

export function provisionBuckets(stack: EvaluatedStack, s3: S3): void {
  const policies = new Map(
    stack.resources
      .filter(({ type }) => type === 'AWS::S3::BucketPolicy')
      .map(({ properties }) => [
        parseText(properties['Bucket'], ''),
        parseObject(properties['PolicyDocument']),
      ]),
  );
  for (const resource of stack.resources.filter(({ type }) => type === 'AWS::S3::Bucket')) {
    refuseProperties(resource, ['ReplicationConfiguration', 'ObjectLockEnabled', 'WebsiteConfiguration']);
    const { properties } = resource;
    naming(resource, () =>
      s3.define({
        name: resource.reference,
        policy: policies.get(resource.reference) ?? null,
        lifecycleRules: parseList(parseObject(properties['LifecycleConfiguration'])['Rules']).filter(
          isObject,
        ),
        versioned: isVersioned(resource),
        eventBridge: usesEventBridge(resource),
      }),
    );
  }
}

function isVersioned(resource: Resource): boolean {
  const status = parseObject(resource.properties['VersioningConfiguration'])['Status'];
  if (status === 'Suspended') refuse(resource, 'versioning that is suspended is');
  return status === 'Enabled';
}

function usesEventBridge(resource: Resource): boolean {
  const { EventBridgeConfiguration: eventBridge, ...others } = parseObject(
    resource.properties['NotificationConfiguration'],
  );
  const [other] = Object.keys(others);
  if (other !== undefined)
    refuse(resource, `NotificationConfiguration.${other} (use EventBridgeConfiguration) is`);
  return isObject(eventBridge) && parseBoolean(eventBridge['EventBridgeEnabled'], true);
}

export function provisionQueues(stack: EvaluatedStack, sqs: Sqs): void {
  for (const resource of stack.resources.filter(({ type }) => type === 'AWS::SQS::Queue')) {
    const { properties } = resource;
    if (parseBoolean(properties['FifoQueue'], false)) refuse(resource, 'a FIFO queue is');
    sqs.define({
      name: resource.attribute('QueueName'),
      arn: resource.attribute('Arn'),
      url: resource.reference,
      visibilityTimeoutSeconds: parseNumber(properties['VisibilityTimeout'], DEFAULT_VISIBILITY_SECONDS),
      retentionSeconds: parseNumber(properties['MessageRetentionPeriod'], DEFAULT_RETENTION_SECONDS),
      delaySeconds: parseNumber(properties['DelaySeconds'], 0),
      receiveWaitSeconds: parseNumber(properties['ReceiveMessageWaitTimeSeconds'], 0),
      largestMessageBytes: parseNumber(properties['MaximumMessageSize'], DEFAULT_LARGEST_MESSAGE_BYTES),
      redrive: redriveOf(resource),
    });
  }
}

/** SQS does not make a queue whose dead-letter queue is not there; called once every queue is defined. */
export function checkRedrives(stack: EvaluatedStack, sqs: Sqs): void {
  for (const resource of stack.resources.filter(({ type }) => type === 'AWS::SQS::Queue')) {
    const target = redriveOf(resource)?.deadLetterQueueArn;
    if (target !== undefined && !sqs.exists(target))
      refuse(resource, `the dead-letter queue ${target}, which no stack declares, is`);
  }
}

function redriveOf(resource: Resource): Redrive | null {
  const given = resource.properties['RedrivePolicy'];
  if (given === undefined) return null;
  const policy = typeof given === 'string' ? parseJsonObject(given) : parseObject(given);
  const deadLetterQueueArn = parseText(policy['deadLetterTargetArn'], '');
  const maxReceiveCount = parseNumber(policy['maxReceiveCount'], 0);
  if (deadLetterQueueArn !== '' && maxReceiveCount >= 1) return { deadLetterQueueArn, maxReceiveCount };
  return refuse(resource, `the RedrivePolicy ${JSON.stringify(given)} is`);
}

/** CloudFormation takes policies as text too. */
function parseJsonObject(text: string): JsonObject {
  try {
    return parseObject(JSON.parse(text));
  } catch {
    return {};
  }
}
