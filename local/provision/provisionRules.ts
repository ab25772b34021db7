import type { EvaluatedStack, Resource } from '../assembly/evaluateStack.ts';
import {
  isObject,
  parseList,
  parseNumber,
  parseObject,
  parseText,
  type JsonObject,
} from '../assembly/json.ts';
import type { EventTarget, Events } from '../events/events.ts';
import { refuse, refuseProperties } from './refuse.ts';

const DEFAULT_RETRIES = 185;
const DEFAULT_EVENT_AGE_SECONDS = 86_400;

export function provisionRules(stack: EvaluatedStack, events: Events): void {
  for (const resource of stack.resources.filter(({ type }) => type === 'AWS::Events::Rule')) {
    const { properties } = resource;
    refuseProperties(resource, ['ScheduleExpression']);
    const bus = parseText(properties['EventBusName'], 'default');
    if (bus !== 'default') refuse(resource, `the event bus ${bus} is`);
    events.define({
      name: resource.reference,
      arn: resource.attribute('Arn'),
      pattern: parseObject(properties['EventPattern']),
      enabled: parseText(properties['State'], 'ENABLED') !== 'DISABLED',
      targets: parseList(properties['Targets'])
        .filter(isObject)
        .map((target) => targetOf(resource, target)),
    });
  }
}

function targetOf(resource: Resource, target: JsonObject): EventTarget {
  const unsupported = ['Input', 'InputPath', 'InputTransformer', 'AppSyncParameters'].find(
    (name) => target[name] !== undefined,
  );
  if (unsupported !== undefined) refuse(resource, `a target with ${unsupported} is`);
  const retries = parseObject(target['RetryPolicy']);
  return {
    id: parseText(target['Id'], ''),
    arn: parseText(target['Arn'], ''),
    deadLetterQueueArn: parseText(parseObject(target['DeadLetterConfig'])['Arn'], '') || null,
    maximumRetryAttempts: parseNumber(retries['MaximumRetryAttempts'], DEFAULT_RETRIES),
    maximumEventAgeSeconds: parseNumber(retries['MaximumEventAgeInSeconds'], DEFAULT_EVENT_AGE_SECONDS),
  };
}
