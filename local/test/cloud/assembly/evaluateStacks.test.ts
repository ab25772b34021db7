import { expect, test } from 'vitest';
import { evaluateStacks } from '../../../cloud/assembly/evaluateStacks.ts';
import type { JsonObject } from '../../../ground/json.ts';

const CONTEXT = { port: 4000, apiKey: () => 'da2-local' };

const evaluate = (...templates: readonly JsonObject[]) =>
  evaluateStacks(
    templates.map((template, index) => ({ name: `S${index}`, template, assets: new Map() })),
    CONTEXT,
  );

const queueOf = (QueueName: unknown) => ({ Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName } } });

test('a stack imports what another one exports, whichever comes first in the assembly', () => {
  const importing = { Resources: queueOf({ 'Fn::ImportValue': 'S1:Name' }) };
  const exporting = {
    Resources: queueOf('orders'),
    Outputs: {
      Url: { Value: { Ref: 'Queue' } },
      Name: {
        Value: { 'Fn::GetAtt': ['Queue', 'QueueName'] },
        Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Name' } },
      },
    },
  };

  const [first] = evaluate(importing, exporting);

  expect(first?.resources[0]?.properties).toEqual({ QueueName: 'orders' });
});

test('imports that come round to where they began are refused', () => {
  const importing = (own: string, other: string) => ({
    Outputs: { O: { Value: { 'Fn::ImportValue': other }, Export: { Name: own } } },
  });

  expect(() => evaluate(importing('a', 'b'), importing('b', 'a'))).toThrow(
    /S\d has a circular reference: .*O/,
  );
});
