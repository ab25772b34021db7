import type { EvaluatedStack, Resource } from '../assembly/evaluateStacks.ts';
import { parseBoolean, parseList, parseNumber, parseObject, parseText } from '../../ground/json.ts';
import type { EventSourceMapping, EventSources } from '../../services/lambda/eventSources/eventSources.ts';
import { naming, refuse } from './refuse.ts';

const DEFAULT_BATCH_SIZE = 10;
const UNLIMITED_CONCURRENCY = 1000;

export function provisionEventSources(stack: EvaluatedStack, eventSources: EventSources): void {
  for (const resource of stack.resources) {
    if (resource.type !== 'AWS::Lambda::EventSourceMapping') continue;
    naming(resource, () => eventSources.define(mappingOf(resource)));
  }
}

function mappingOf(resource: Resource): EventSourceMapping {
  const { properties } = resource;
  const queueArn = parseText(properties['EventSourceArn'], '');
  if (queueArn.split(':')[2] !== 'sqs') refuse(resource, `the event source ${queueArn || '(none)'} is`);
  return {
    id: resource.reference,
    queueArn,
    functionArn: parseText(properties['FunctionName'], ''),
    enabled: parseBoolean(properties['Enabled'], true),
    batchSize: parseNumber(properties['BatchSize'], DEFAULT_BATCH_SIZE),
    batchingWindowSeconds: parseNumber(properties['MaximumBatchingWindowInSeconds'], 0),
    maximumConcurrency: parseNumber(
      parseObject(properties['ScalingConfig'])['MaximumConcurrency'],
      UNLIMITED_CONCURRENCY,
    ),
    reportsFailures: reportsFailures(resource),
  };
}

function reportsFailures(resource: Resource): boolean {
  const types = parseList(resource.properties['FunctionResponseTypes']).map(String);
  const unknown = types.find((type) => type !== 'ReportBatchItemFailures');
  if (unknown !== undefined) refuse(resource, `the function response type ${unknown} is`);
  return types.length > 0;
}
