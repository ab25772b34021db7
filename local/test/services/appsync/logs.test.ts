import { describe, expect, test } from 'vitest';
import { throwShown } from '../../../services/appsync/execution/resolveField.ts';
import { resolver } from './support/apiDefinition.ts';
import { call } from './support/callApi.ts';
import { openSocket, subscribe } from './support/openSocket.ts';
import { startApi } from './support/startApi.ts';

const code = (request: string, response = 'return ctx.result') =>
  `import { util, extensions } from '@aws-appsync/utils';
export function request(ctx) { ${request} }
export function response(ctx) { ${response} }`;

const FILTER =
  'extensions.setSubscriptionFilter({ filterGroup: [{ filters: [{ fieldName: "id", operator: "eq", value: "1" }] }] });';

describe('what is logged', () => {
  test("is a resolver's console, with its field and level", async () => {
    const text = code(
      'console.log("one", { a: 1 }); return { payload: "x" };',
      'console.error("two"); return null;',
    );
    const api = await startApi({ resolvers: [resolver('Query.worker', text)] });

    await call(api, '{ worker }');

    expect(api.logs).toEqual(['Query.worker | INFO one {"a":1}', 'Query.worker | ERROR two']);
  });

  test('is what a handler logged before it failed', async () => {
    const api = await startApi({
      resolvers: [resolver('Query.worker', code('console.log("before"); return ctx.args.a.b;'))],
    });

    await call(api, '{ worker }');

    expect(api.logs).toEqual(['Query.worker | INFO before']);
  });

  test.each([
    [
      'request handler of a subscription',
      'Subscription.onGuarded',
      code(`${FILTER} return { payload: null };`, 'return null'),
      'subscription { onGuarded { id } }',
    ],
  ])('is a filter in the %s', async (_where, field, text, query) => {
    const api = await startApi({ resolvers: [resolver(field, text)] });
    const socket = await openSocket(api.realtimeUrl);

    expect(await subscribe(socket, query)).toMatchObject({ type: 'start_ack' });

    expect(api.logs).toEqual([
      `${field} | WARN extensions.setSubscriptionFilter has no effect in the request handler of a subscription: AppSync takes it from the response handler of a subscription only.`,
    ]);
  });

  test.each([
    ['a query', 'Query.worker', FILTER, 'setSubscriptionFilter', 'response handler of a query', '{ worker }'],
    [
      'a query that invalidates',
      'Query.worker',
      'extensions.invalidateSubscriptions({ subscriptionField: "onRoom", payload: {} });',
      'invalidateSubscriptions',
      'response handler of a query',
      '{ worker }',
    ],
  ])('is an extension that has no effect in %s', async (_name, field, use, extension, where, query) => {
    const text = code('return { payload: null };', `${use} return null;`);
    const api = await startApi({ resolvers: [resolver(field, text)] });

    await call(api, query);

    expect(api.logs).toEqual([
      expect.stringContaining(`extensions.${extension} has no effect in the ${where}`),
    ]);
  });

  test('is an internal error, with the id that the client got and nothing else of it', () => {
    const logs: string[] = [];
    const onLog = (source: string, { level, text }: { readonly level: string; readonly text: string }) =>
      void logs.push(`${source} | ${level} ${text}`);

    const shown = () => throwShown(new Error('a bug of ours'), { onLog });

    expect(shown).toThrow(/^Internal error \(id [0-9a-f-]{36}\)\.$/);
    expect(logs).toEqual([
      expect.stringMatching(/^AppSync \| ERROR Internal error [0-9a-f-]{36}: Error: a bug of ours\n/),
    ]);
  });
});

describe('a response header', () => {
  const headersOf = async (use: string) => {
    const api = await startApi({
      resolvers: [resolver('Query.worker', code(`${use}; return { payload: 'x' };`))],
    });
    return call(api, '{ worker }');
  };

  test.each([
    ['util.http.addResponseHeader("X-One", 1)', 'x-one', '1'],
    ['util.http.addResponseHeaders({ "x-two": { a: 1 } })', 'x-two', '{"a":1}'],
    ['util.http.addResponseHeader("x-a", 1); util.http.addResponseHeader("X-A", 2)', 'x-a', '2'],
  ])('of %s is sent', async (use, name, value) => {
    const { headers, body } = await headersOf(use);

    expect(headers.get(name)).toBe(value);
    expect(body).toEqual({ data: { worker: 'x' } });
  });

  test.each([
    [
      'util.http.addResponseHeader("Content-Type", "text/html")',
      'The response header Content-Type cannot be set by a resolver: its name is restricted.',
    ],
    [
      'util.http.addResponseHeader("x-amzn-a", 1)',
      'The response header x-amzn-a cannot be set by a resolver: its name is restricted.',
    ],
    ['util.http.addResponseHeader("", 1)', 'A response header needs a name.'],
    ['util.http.addResponseHeader("x-a", null)', 'The response header x-a needs a value; got null.'],
    ['util.http.addResponseHeaders({ "x-a": null })', 'The response header x-a needs a value; got null.'],
    [
      'util.http.addResponseHeader("x a", 1)',
      'The response header x a is not a valid name of an HTTP header.',
    ],
    [
      'util.http.addResponseHeader("x-a", "ü")',
      'The response header x-a may hold printable ASCII characters only.',
    ],
    [
      'util.http.addResponseHeader("x-a", Array(4095).join("b"))',
      'The response header x-a is too large: the names and values of all headers may have 4096 bytes.',
    ],
  ])('of %s is left out, with a ResponseHeaderError', async (use, message) => {
    const { headers, body } = await headersOf(use);

    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(headers.get('x-a')).toBeNull();
    expect(body).toMatchObject({
      data: { worker: 'x' },
      errors: [{ path: ['worker'], errorType: 'ResponseHeaderError', message }],
    });
  });

  test('counts with all others, also those of the same name', async () => {
    const use =
      'for (const one of [1, 2, 3]) { util.http.addResponseHeader("x-a", String(one) + Array(2000).join("b")); }';

    const { headers, body } = await headersOf(use);

    expect(headers.get('x-a')?.slice(0, 1)).toBe('2');
    expect(body.errors).toHaveLength(1);
  });
});
