import { expect, test } from 'vitest';
import { evaluateStacks } from '../../cloud/assembly/evaluateStacks.ts';
import { outputsFile } from '../../cloud/outputsFile.ts';
import type { JsonObject } from '../../ground/json.ts';

const API = { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'api', AuthenticationType: 'API_KEY' } };
const KEY = { Type: 'AWS::AppSync::ApiKey', Properties: { ApiId: { 'Fn::GetAtt': ['Api', 'ApiId'] } } };

function fileOf(...templates: readonly JsonObject[]): unknown {
  const stacks = templates.map((template, index) => ({ name: `S${index}`, template, assets: new Map() }));
  const context = { port: 4000, apiKey: (resource: string) => `da2-of-${resource}` };
  return JSON.parse(outputsFile(evaluateStacks(stacks, context)));
}

test('adds the key of an API, which no output of a template should print', () => {
  const template = {
    Resources: { Api: API, Key: KEY, SecondKey: KEY },
    Outputs: { Url: { Value: { 'Fn::GetAtt': ['Api', 'GraphQLUrl'] } } },
  };

  expect(fileOf(template)).toEqual({ S0: { ApiKey: 'da2-of-S0/Key', Url: 'http://localhost:4000/graphql' } });
});

test('leaves an output of that name, and a stack without a key, as they are', () => {
  const ownOutput = {
    Resources: { Api: API, Key: KEY },
    Outputs: { ApiKey: { Value: 'mine' } },
  };

  expect(fileOf(ownOutput, { Resources: {} })).toEqual({ S0: { ApiKey: 'mine' }, S1: {} });
});
