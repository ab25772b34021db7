import { statSync } from 'node:fs';
import type { EvaluatedStack, Resource } from '../assembly/evaluateStacks.ts';
import { parseNumber, parseObject, parseText, type JsonObject } from '../../ground/json.ts';
import type { FunctionDefinition, Lambda, LoggingConfig } from '../../services/lambda/lambda.ts';
import { refuse } from './refuse.ts';

const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MEGABYTES = 128;
const DEFAULT_RETRIES = 2;
const DEFAULT_EVENT_AGE_SECONDS = 21_600;

export function provisionFunctions(stack: EvaluatedStack, lambda: Lambda): void {
  for (const resource of stack.resources) {
    if (resource.type === 'AWS::Lambda::Function') lambda.define(functionOf(resource, stack.assets));
  }
  for (const resource of stack.resources) {
    if (resource.type === 'AWS::Lambda::EventInvokeConfig') configureAsync(resource, lambda);
  }
}

function functionOf(resource: Resource, assets: ReadonlyMap<string, string>): FunctionDefinition {
  const { properties } = resource;
  const runtime = parseText(properties['Runtime'], '(none)');
  if (!runtime.startsWith('nodejs')) refuse(resource, `the runtime ${runtime} is`);
  const environment = parseObject(parseObject(properties['Environment'])['Variables']);
  return {
    name: resource.reference,
    arn: resource.attribute('Arn'),
    runtime,
    handler: parseText(properties['Handler'], 'index.handler'),
    code: codeOf(resource, assets),
    environment: Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [name, String(value)]),
    ),
    timeoutSeconds: parseNumber(properties['Timeout'], DEFAULT_TIMEOUT_SECONDS),
    memoryMegabytes: parseNumber(properties['MemorySize'], DEFAULT_MEMORY_MEGABYTES),
    logGroup: parseText(
      parseObject(properties['LoggingConfig'])['LogGroup'],
      `/aws/lambda/${resource.reference}`,
    ),
    logging: loggingOf(parseObject(properties['LoggingConfig'])),
    deadLetterQueueArn: deadLetterQueueOf(resource),
  };
}

function loggingOf(config: JsonObject): LoggingConfig {
  const format = parseText(config['LogFormat'], 'Text') === 'JSON' ? 'JSON' : 'Text';
  return {
    format,
    level: parseText(config['ApplicationLogLevel'], 'INFO'),
    systemLevel: parseText(config['SystemLogLevel'], 'INFO'),
  };
}

function deadLetterQueueOf(resource: Resource): string | null {
  const target = parseText(parseObject(resource.properties['DeadLetterConfig'])['TargetArn'], '');
  if (target !== '' && target.split(':')[2] !== 'sqs')
    refuse(resource, `the dead-letter target ${target} is`);
  return target || null;
}

function codeOf(resource: Resource, assets: ReadonlyMap<string, string>): FunctionDefinition['code'] {
  const code = parseObject(resource.properties['Code']);
  if (typeof code['ZipFile'] === 'string') return { inline: code['ZipFile'] };
  const key = parseText(code['S3Key'], '(no S3Key)');
  const path = assets.get(key);
  if (path === undefined) refuse(resource, `code that is not an asset of this assembly (${key}) is`);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
    refuse(resource, `code in a zip file (${key}) is`);
  return { folder: path };
}

function configureAsync(resource: Resource, lambda: Lambda): void {
  const { properties } = resource;
  const qualifier = parseText(properties['Qualifier'], '$LATEST');
  if (qualifier !== '$LATEST') refuse(resource, `the qualifier ${qualifier} is`);
  const destinations = parseObject(properties['DestinationConfig']);
  lambda.configureAsync(parseText(properties['FunctionName'], ''), {
    maximumRetryAttempts: parseNumber(properties['MaximumRetryAttempts'], DEFAULT_RETRIES),
    maximumEventAgeSeconds: parseNumber(properties['MaximumEventAgeInSeconds'], DEFAULT_EVENT_AGE_SECONDS),
    onSuccess: destinationOf(destinations['OnSuccess']),
    onFailure: destinationOf(destinations['OnFailure']),
  });
}

function destinationOf(value: unknown): string | null {
  return parseText(parseObject(value)['Destination'], '') || null;
}
