import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { API_KEY, apiDefinition, resolver } from '../local/appsync/support/apiDefinition.ts';
import { CREDENTIALS, serveApi, type RunningApi } from '../local/appsync/support/startApi.ts';
import { describeProtocol } from './describeProtocol.ts';
import type { ProtocolTarget } from './protocolTarget.ts';
import { PROTOCOL_RULES } from './rules/protocolRules.ts';

/** Names a JSON file with a ProtocolTarget, such as a deployed API, to be held to the same rules. */
const OTHER_TARGET = process.env['PROTOCOL_TARGET'];
const schema = readFileSync(join(import.meta.dirname, '../../schema.graphql'), 'utf8');

let api: RunningApi | null = null;
beforeAll(async () => {
  api = await serveApi(apiDefinition({ schema, resolvers: [resolver('Mutation.publishOrderStatus')] }));
});
afterAll(() => api?.stop());

describeProtocol('of the local engine', () => {
  if (api === null) throw new Error('The engine has not started.');
  const { graphqlUrl, realtimeUrl } = api;
  return { graphqlUrl, realtimeUrl, apiKey: API_KEY, credentials: CREDENTIALS, region: 'us-east-1' };
});

if (OTHER_TARGET !== undefined) {
  const target: ProtocolTarget = JSON.parse(readFileSync(OTHER_TARGET, 'utf8'));
  describeProtocol(`of ${target.graphqlUrl}`, () => target);
}

test('every rule has an id of its own', () => {
  const ids = PROTOCOL_RULES.map(({ id }) => id);

  expect(new Set(ids).size).toBe(ids.length);
});
