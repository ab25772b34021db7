import type { EvaluatedStack, Resource } from '../assembly/evaluateStacks.ts';
import { type JsonObject, parseList, parseNumber, parseText } from '../../ground/json.ts';
import type { Redrive, RedriveAllow, Sqs } from '../../services/sqs/sqs.ts';
import { documentOf } from './documentOf.ts';
import { refuse } from './refuse.ts';

const DEFAULT_VISIBILITY_SECONDS = 30;
const DEFAULT_RETENTION_SECONDS = 345_600;
const DEFAULT_MAX_MESSAGE_BYTES = 1_048_576;

export type QueuesOptions = {
  readonly sqs: Sqs;
  /** The policies of all stacks, each with the URLs of the queues that it is for. */
  readonly policies: readonly QueuePolicy[];
};

type QueuePolicy = { readonly queues: readonly unknown[]; readonly document: JsonObject };

export function queuePoliciesOf(stacks: readonly EvaluatedStack[]): readonly QueuePolicy[] {
  return stacks
    .flatMap(({ resources }) => resources)
    .filter(({ type }) => type === 'AWS::SQS::QueuePolicy')
    .map((resource) => ({
      queues: parseList(resource.properties['Queues']),
      document: documentOf(resource, 'PolicyDocument') ?? {},
    }));
}

export function provisionQueues(stack: EvaluatedStack, { sqs, policies }: QueuesOptions): void {
  for (const resource of stack.resources.filter(({ type }) => type === 'AWS::SQS::Queue')) {
    const { properties } = resource;
    sqs.define({
      name: resource.attribute('QueueName'),
      arn: resource.attribute('Arn'),
      url: resource.reference,
      visibilityTimeoutSeconds: parseNumber(properties['VisibilityTimeout'], DEFAULT_VISIBILITY_SECONDS),
      retentionSeconds: parseNumber(properties['MessageRetentionPeriod'], DEFAULT_RETENTION_SECONDS),
      delaySeconds: parseNumber(properties['DelaySeconds'], 0),
      receiveWaitSeconds: parseNumber(properties['ReceiveMessageWaitTimeSeconds'], 0),
      maxMessageBytes: parseNumber(properties['MaximumMessageSize'], DEFAULT_MAX_MESSAGE_BYTES),
      redrive: redriveOf(resource),
      redriveAllow: redriveAllowOf(resource),
      policies: policies
        .filter(({ queues }) => queues.includes(resource.reference))
        .map(({ document }) => document),
    });
  }
}

/** SQS does not make a queue whose dead-letter queue is not there; called once every queue is defined. */
export function checkRedrives(stack: EvaluatedStack, sqs: Sqs): void {
  for (const resource of stack.resources.filter(({ type }) => type === 'AWS::SQS::Queue')) {
    const target = redriveOf(resource)?.deadLetterQueueArn;
    if (target === undefined) continue;
    const queue = sqs.find(target);
    if (queue === null) refuse(resource, `the dead-letter queue ${target}, which no stack declares, is`);
    if (!lets(queue.redriveAllow, resource.attribute('Arn')))
      refuse(
        resource,
        `the dead-letter queue ${target}, whose RedriveAllowPolicy does not name this queue, is`,
      );
  }
}

function lets(allow: RedriveAllow | null, sourceArn: string): boolean {
  if (allow === null || allow.permission === 'allowAll') return true;
  return allow.permission === 'byQueue' && allow.sourceQueueArns.includes(sourceArn);
}

const PERMISSIONS = ['allowAll', 'denyAll', 'byQueue'] as const;

function redriveAllowOf(resource: Resource): RedriveAllow | null {
  const policy = documentOf(resource, 'RedriveAllowPolicy');
  if (policy === null) return null;
  const permission = PERMISSIONS.find((name) => name === policy['redrivePermission']);
  const sourceQueueArns = parseList(policy['sourceQueueArns']).map(String);
  if (permission !== undefined && (permission === 'byQueue') === sourceQueueArns.length > 0) {
    return { permission, sourceQueueArns };
  }
  return refuse(resource, `the RedriveAllowPolicy ${JSON.stringify(policy)} is`);
}

function redriveOf(resource: Resource): Redrive | null {
  const policy = documentOf(resource, 'RedrivePolicy');
  if (policy === null) return null;
  const deadLetterQueueArn = parseText(policy['deadLetterTargetArn'], '');
  const maxReceiveCount = parseNumber(policy['maxReceiveCount'], 0);
  if (deadLetterQueueArn !== '' && maxReceiveCount >= 1) return { deadLetterQueueArn, maxReceiveCount };
  return refuse(resource, `the RedrivePolicy ${JSON.stringify(policy)} is`);
}
