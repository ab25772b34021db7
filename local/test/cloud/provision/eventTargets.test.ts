import { expect, test } from 'vitest';
import type { Lambda } from '../../../services/lambda/lambda.ts';
import { provisionFunctions } from '../../../cloud/provision/provisionFunctions.ts';
import { provisionRules } from '../../../cloud/provision/provisionRules.ts';
import { runEvents } from '../../services/events/runEvents.ts';
import { stackOf } from './stackOf.ts';

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
  const stack = stackOf({
    type: 'AWS::Events::Rule',
    properties: { EventPattern: { source: ['shop'] }, Targets: [target] },
  });

  expect(() => provisionRules(stack, runEvents().events)).toThrow(
    'Shop/It (AWS::Events::Rule): a target with more than one of Input, InputPath and InputTransformer is not supported locally.',
  );
});

test('the asynchronous invocation of a version or an alias stops the start', () => {
  const stack = stackOf({
    type: 'AWS::Lambda::EventInvokeConfig',
    properties: { FunctionName: 'worker', Qualifier: 'live' },
  });

  expect(() => provisionFunctions(stack, NO_LAMBDA)).toThrow(
    'Shop/It (AWS::Lambda::EventInvokeConfig): the qualifier live is not supported locally.',
  );
});
