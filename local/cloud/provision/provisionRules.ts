import type { EvaluatedStack, Resource } from '../assembly/evaluateStacks.ts';
import {
  isObject,
  parseList,
  parseNumber,
  parseObject,
  parseText,
  type JsonObject,
} from '../../ground/json.ts';
import type { EventTarget, Events, TargetInput } from '../../services/events/events.ts';
import { documentOf } from './documentOf.ts';
import { refuse } from './refuse.ts';

const DEFAULT_RETRIES = 185;
const DEFAULT_EVENT_AGE_SECONDS = 86_400;

export function provisionRules(stack: EvaluatedStack, events: Events): void {
  for (const resource of stack.resources.filter(({ type }) => type === 'AWS::Events::Rule')) {
    const { properties } = resource;
    const bus = parseText(properties['EventBusName'], 'default');
    if (bus !== 'default') refuse(resource, `the event bus ${bus} is`);
    events.define({
      name: resource.reference,
      arn: resource.attribute('Arn'),
      pattern: documentOf(resource, 'EventPattern'),
      schedule: parseText(properties['ScheduleExpression'], '') || null,
      enabled: parseText(properties['State'], 'ENABLED') !== 'DISABLED',
      targets: parseList(properties['Targets'])
        .filter(isObject)
        .map((target) => targetOf(resource, target)),
    });
  }
}

/** Parameters for targets of other kinds; SqsParameters are for FIFO queues. */
const UNSUPPORTED = [
  'AppSyncParameters',
  'SqsParameters',
  'HttpParameters',
  'EcsParameters',
  'KinesisParameters',
];

const INPUTS = ['Input', 'InputPath', 'InputTransformer'];

function inputOf(resource: Resource, target: JsonObject): TargetInput {
  if (INPUTS.filter((name) => target[name] !== undefined).length > 1) {
    refuse(resource, 'a target with more than one of Input, InputPath and InputTransformer is');
  }
  const { Input: text, InputPath: path, InputTransformer: transformer } = target;
  if (transformer !== undefined) {
    const { InputPathsMap: paths, InputTemplate: template } = parseObject(transformer);
    const given = Object.entries(parseObject(paths)).map(([name, one]) => [name, String(one)]);
    return { kind: 'template', paths: Object.fromEntries(given), template: parseText(template, '') };
  }
  if (text !== undefined) return { kind: 'constant', text: parseText(text, '') };
  return path === undefined ? { kind: 'event' } : { kind: 'path', path: parseText(path, '') };
}

function targetOf(resource: Resource, target: JsonObject): EventTarget {
  const unsupported = UNSUPPORTED.find((name) => target[name] !== undefined);
  if (unsupported !== undefined) refuse(resource, `a target with ${unsupported} is`);
  const retries = parseObject(target['RetryPolicy']);
  return {
    id: parseText(target['Id'], ''),
    arn: parseText(target['Arn'], ''),
    input: inputOf(resource, target),
    deadLetterQueueArn: parseText(parseObject(target['DeadLetterConfig'])['Arn'], '') || null,
    maximumRetryAttempts: parseNumber(retries['MaximumRetryAttempts'], DEFAULT_RETRIES),
    maximumEventAgeSeconds: parseNumber(retries['MaximumEventAgeInSeconds'], DEFAULT_EVENT_AGE_SECONDS),
  };
}
