import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { factsOf, log, logging } from '../../../functions/aws/log.ts';
import { emitMetrics } from '../../../functions/aws/metrics.ts';

const logged: string[] = [];
const emitted: string[] = [];

beforeEach(() => {
  logged.length = 0;
  emitted.length = 0;
  vi.spyOn(console, 'error').mockImplementation((line) => void logged.push(String(line)));
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => emitted.push(String(line)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const lines = (): readonly unknown[] => logged.map((line) => JSON.parse(line));

describe('every line of an invocation', () => {
  test('names the order and the request id of Lambda', () => {
    logging({ orderId: 'order-1', context: { awsRequestId: 'request-1' } }, () => {
      log('One.');
      log('Two.', { version: 2 });
    });

    expect(lines()).toEqual([
      { message: 'One.', orderId: 'order-1', correlationId: 'request-1' },
      { message: 'Two.', orderId: 'order-1', correlationId: 'request-1', version: 2 },
    ]);
  });

  test('of two at once names its own', async () => {
    const line = (orderId: string) =>
      logging({ orderId, context: { awsRequestId: `of ${orderId}` } }, async () => {
        await Promise.resolve();
        log('Later.');
      });

    await Promise.all([line('order-1'), line('order-2')]);

    expect(lines()).toMatchObject([
      { orderId: 'order-1', correlationId: 'of order-1' },
      { orderId: 'order-2', correlationId: 'of order-2' },
    ]);
  });

  test('has an id of its own where Lambda gives none', () => {
    logging({ orderId: 'order-1', context: undefined }, () => log('One.'));

    expect(lines()).toMatchObject([{ correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
  });

  test.each(['buy 12 chairs for Ada', '../../etc', { a: 1 }, null])(
    'never repeats what is not an order id: %j',
    (orderId) => {
      logging({ orderId, context: undefined }, () => log('One.'));

      expect(lines()).toMatchObject([{ orderId: null }]);
    },
  );
});

test.each([
  ['a name of its own', Object.assign(new Error('no'), { name: 'Throttled' }), 'Throttled'],
  ['a class without a name', new (class WarehouseBusy extends Error {})('no'), 'WarehouseBusy'],
  ['neither', new Error('no'), 'Error'],
])(
  'of an error with %s, the facts have the name and the stack, and not the message',
  (_what, error, name) => {
    expect(factsOf(error)).toEqual({
      error: name,
      stack: expect.stringMatching(/^at [^|]+log\.test\.ts:\d+:\d+/),
    });
  },
);

test('of a call that found no server, the facts have the code', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : null;
  server.close();
  await once(server, 'close');

  const error = await fetch(`http://127.0.0.1:${port}`).catch((thrown: unknown) => thrown);

  expect(factsOf(error)).toMatchObject({ error: 'TypeError', code: 'ECONNREFUSED' });
});

test.each(['the key is abc', 'x', 42, null])(
  'a code that is no word of a system is not logged: %j',
  (code) => {
    expect(factsOf(Object.assign(new Error('no'), { code }))).not.toHaveProperty('code');
  },
);

describe('a metric', () => {
  const emitOne = () =>
    logging({ orderId: 'order-1', context: { awsRequestId: 'request-1' } }, () =>
      emitMetrics({ OrdersPaused: 1, PauseAge: 0 }),
    );

  test('is one line in the embedded format, with its unit, and with the order as a property', () => {
    emitOne();

    expect(emitted.map((line) => JSON.parse(line))).toEqual([
      {
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            {
              Namespace: 'Countersign',
              Dimensions: [[]],
              Metrics: [
                { Name: 'OrdersPaused', Unit: 'Count' },
                { Name: 'PauseAge', Unit: 'Seconds' },
              ],
            },
          ],
        },
        orderId: 'order-1',
        correlationId: 'request-1',
        OrdersPaused: 1,
        PauseAge: 0,
      },
    ]);
  });

  test('of a stage stands in the namespace of the stage', () => {
    vi.stubEnv('METRICS_NAMESPACE', 'Countersign/dev');

    emitOne();

    expect(emitted.join()).toContain('"Namespace":"Countersign/dev"');
  });
});
