import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OrderStatusEvent } from '../../../schema.generated.ts';
import { useWire } from '../fakes/wire.ts';

const wire = useWire();
const EVENT: OrderStatusEvent = {
  orderId: 'order-1',
  status: 'PAUSED',
  version: 3,
  at: '2026-01-01T00:00:00.000Z',
  reason: 'too dear',
  decidedBy: 'Ada',
  deadline: null,
  reminder: 0,
};
const logged: string[] = [];

beforeEach(() => {
  logged.length = 0;
  vi.stubEnv('EVENTS_URL', 'https://events.us-east-1.amazonaws.com/');
  vi.stubEnv('AWS_ENDPOINT_URL_EVENTBRIDGE', new URL('/', process.env['GRAPHQL_URL']).href);
  vi.spyOn(console, 'error').mockImplementation((line) => void logged.push(String(line)));
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const send = async (...events: readonly OrderStatusEvent[]) =>
  (await import('../../../functions/records/sendStatusEvents.ts')).sendStatusEvents(events);
const TAKEN = { status: 200, body: '{"FailedEntryCount":0,"Entries":[]}' };

test('puts every status on the bus, signed for EventBridge, in one call', async () => {
  wire.answer = () => TAKEN;

  await send(EVENT, { ...EVENT, status: 'CONFIRMED', version: 4 });

  expect(wire.heard).toHaveLength(1);
  expect(wire.heard[0]?.headers).toMatchObject({
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AWSEvents.PutEvents',
    authorization: expect.stringContaining('/us-east-1/events/aws4_request'),
  });
  expect(JSON.parse(wire.heard[0]?.body ?? '')).toEqual({
    Entries: [
      { Source: 'countersign', DetailType: 'PAUSED', Detail: JSON.stringify(EVENT), Time: 1_767_225_600 },
      {
        Source: 'countersign',
        DetailType: 'CONFIRMED',
        Detail: JSON.stringify({ ...EVENT, status: 'CONFIRMED', version: 4 }),
        Time: 1_767_225_600,
      },
    ],
  });
});

test('is off without an address', async () => {
  vi.stubEnv('EVENTS_URL', '');

  await send(EVENT);

  expect(wire.heard).toEqual([]);
});

test.each([
  ['an entry that was refused', { status: 200, body: '{"FailedEntryCount":1}' }],
  ['another status', { status: 400, body: '{}' }],
  ['silence', 'silence'],
] as const)('after %s it tries again', async (_what, said) => {
  wire.answer = () => (wire.heard.length < 3 ? said : TAKEN);

  await send(EVENT);

  expect(wire.heard).toHaveLength(3);
  expect(logged).toEqual([]);
});

test('gives up after three tries, without failing the caller: logged without its content, and counted', async () => {
  wire.answer = () => ({ status: 500, body: '{}' });

  await send(EVENT);

  expect(wire.heard).toHaveLength(3);
  expect(JSON.parse(logged[0] ?? '')).toMatchObject({
    orderId: 'order-1',
    version: 3,
    error: 'EventsRefused',
  });
  expect(logged.join()).toContain('"PublishFailed":1');
  expect(logged.join()).not.toMatch(/too dear|Ada/);
});
