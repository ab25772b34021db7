import { expect, test } from 'vitest';
import type { EvaluatedStack, Resource } from '../../../cloud/assembly/evaluateStacks.ts';
import type { Lambda } from '../../../services/lambda/lambda.ts';
import { provisionFunctions } from '../../../cloud/provision/provisionFunctions.ts';
import { provisionRules } from '../../../cloud/provision/provisionRules.ts';
import { runEvents } from '../../services/events/runEvents.ts';

function stackOf(type: Resource['type'], properties: Resource['properties']): EvaluatedStack {
  const resource = {
    stack: 'Shop',
    logicalId: 'It',
    type,
    properties,
    reference: 'it',
    attribute: () => 'arn',
  };
  return { name: 'Shop', resources: [resource], outputs: {}, assets: new Map() };
}

function never(): never {
  throw new Error('Nothing is asked of it.');
}

const NO_LAMBDA: Lambda = {
  define: never,
  configureAsync: never,
  exists: never,
  invoke: never,
  invokeLater: never,
  start: never,
  stop: never,
  handle: never,
};

test.each([
  { Input: '{}', InputPath: '$.detail' },
  { Input: '{}', InputTransformer: { InputTemplate: '{}' } },
  { InputPath: '$.detail', InputTransformer: { InputTemplate: '{}' } },
])('a target with two inputs stops the start: %j', (inputs) => {
  const target = { Id: 'a', Arn: 'arn:aws:sqs:us-east-1:111111111111:queue', ...inputs };
  const stack = stackOf('AWS::Events::Rule', { EventPattern: { source: ['shop'] }, Targets: [target] });

  expect(() => provisionRules(stack, runEvents().events)).toThrow(
    'Shop/It (AWS::Events::Rule): a target with more than one of Input, InputPath and InputTransformer is not supported locally.',
  );
});

test('the asynchronous invocation of a version or an alias stops the start', () => {
  const stack = stackOf('AWS::Lambda::EventInvokeConfig', { FunctionName: 'worker', Qualifier: 'live' });

  expect(() => provisionFunctions(stack, NO_LAMBDA)).toThrow(
    'Shop/It (AWS::Lambda::EventInvokeConfig): the qualifier live is not supported locally.',
  );
});
