import { buildSchema, parse, visit } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OrderStatusEvent } from '../../../schema.generated.ts';
import { useWire } from '../fakes/wire.ts';

const wire = useWire();
const ROOT = join(import.meta.dirname, '../../..');
const EVENT: OrderStatusEvent = {
  orderId: 'order-1',
  status: 'REJECTED',
  version: 4,
  at: '2026-01-01T00:00:00.000Z',
  reason: 'too dear',
  decidedBy: 'Ada',
  deadline: null,
  reminder: null,
};
const logged: string[] = [];
const metrics: string[] = [];

beforeEach(() => {
  logged.length = 0;
  metrics.length = 0;
  vi.spyOn(console, 'error').mockImplementation((line) => void logged.push(String(line)));
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => metrics.push(String(line)) > 0);
});
afterEach(() => vi.restoreAllMocks());

const publish = async () =>
  (await import('../../../functions/records/publishStatus.ts')).publishStatus(EVENT);

test('is signed for AppSync with the credentials of the function', async () => {
  wire.answer = () => ({ status: 200, body: '{"data":{}}' });

  await publish();

  expect(wire.heard).toHaveLength(1);
  expect(wire.heard[0]).toMatchObject({ method: 'POST', url: '/graphql' });
  expect(wire.heard[0]?.headers['authorization']).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/appsync\/aws4_request, SignedHeaders=.*host.*, Signature=[0-9a-f]{64}$/,
  );
  expect(wire.heard[0]?.headers['x-amz-security-token']).toBe('a-session');
  expect(wire.heard[0]?.headers['content-type']).toBe('application/json');
  expect([...logged, ...metrics]).toEqual([]);
});

test('selects every field of the event, because subscribers get no other', async () => {
  wire.answer = () => ({ status: 200, body: '{"data":{}}' });
  const schema = buildSchema(
    ['schema.graphql', 'appsync.graphql'].map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n'),
  );
  const type = schema.getType('OrderStatusEvent');
  const fields = type !== undefined && 'getFields' in type ? Object.keys(type.getFields()) : [];

  await publish();

  const { query, variables } = JSON.parse(wire.heard[0]?.body ?? '{}');
  const selected: string[] = [];
  visit(parse(query), {
    Field: ({ name, selectionSet }) => void (selectionSet ?? selected.push(name.value)),
  });
  expect(selected.toSorted()).toEqual(fields.toSorted());
  expect(variables).toEqual({ input: EVENT });
});

test.each([
  ['an errors list', { status: 200, body: '{"data":null,"errors":[{"message":"no"}]}' }],
  ['another status', { status: 503, body: '{"data":{}}' }],
  ['a redirection', { status: 300, body: '{"data":{}}' }],
  ['something that is not JSON', { status: 200, body: '<html>' }],
  ['silence', 'silence'],
] as const)('after %s it is tried again, and the caller hears nothing of it', async (_what, said) => {
  wire.answer = () => (wire.heard.length < 3 ? said : { status: 200, body: '{"data":{}}' });

  await publish();

  expect(wire.heard).toHaveLength(3);
  expect([...logged, ...metrics]).toEqual([]);
});

test('is given up after three tries: logged without its content, and counted', async () => {
  wire.answer = () => ({ status: 500, body: '{}' });

  await publish();

  expect(wire.heard).toHaveLength(3);
  expect(logged).toHaveLength(1);
  expect(JSON.parse(logged[0] ?? '')).toMatchObject({
    message: 'A status was not published.',
    orderId: 'order-1',
    version: 4,
    error: 'PublishRefused',
  });
  expect(logged.join()).not.toMatch(/too dear|Ada|a-secret|a-session/);
  expect(JSON.parse(metrics[0] ?? '')).toMatchObject({
    PublishFailed: 1,
    _aws: {
      CloudWatchMetrics: [
        { Namespace: 'Countersign', Dimensions: [[]], Metrics: [{ Name: 'PublishFailed', Unit: 'Count' }] },
      ],
    },
  });
});

test('several statuses go out in their order, one after the other, however slow the first one is', async () => {
  wire.answer = () => ({ status: wire.heard.length === 1 ? 299 : 200, body: '{"data":{}}' });
  const { publishStatuses } = await import('../../../functions/records/publishStatus.ts');

  await publishStatuses([EVENT, { ...EVENT, version: 5 }, { ...EVENT, version: 6 }]);

  expect(wire.heard.map(({ body }) => JSON.parse(body).variables.input.version)).toEqual([4, 5, 6]);
});
