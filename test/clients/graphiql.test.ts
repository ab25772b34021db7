import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processOrder } from '../support/graphql.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { launchBrowser } from '../web/support/browser.ts';
import { createOpenPage, type OpenedPage } from '../web/support/openPage.ts';

const browser = await launchBrowser();
const QUERY = 'subscription S($orderId: ID) { onOrderStatus(orderId: $orderId) { orderId status } }';
const DOCUMENT = JSON.parse(JSON.stringify(parse(QUERY, { noLocation: true })));

type Sink = { next(value: unknown): void; error(error: unknown): void; complete(): void };
type Toolkit = {
  readonly createFetcher: (options: object) => (request: object, options?: object) => Promise<unknown>;
};
type Following = { readonly url: string; readonly realtimeUrl: string; readonly key: string };
type Page = typeof globalThis & {
  GraphiQL: Toolkit;
  events: AsyncIterableIterator<unknown>;
  stopped: Promise<unknown>;
};

/** Runs in the page: the toolkit of GraphiQL over AppSync's protocol, which its user brings in a few lines. */
async function follow({ url, realtimeUrl, key, query, variables, documentAST }: Following & Asked) {
  const page = globalThis as Page;
  const authorization = { host: new URL(url).host, 'x-api-key': key };
  const stopped = Promise.withResolvers<unknown>();
  const started = Promise.withResolvers<unknown>();
  page.stopped = stopped.promise;
  const subscribe = (request: object, sink: Sink) => {
    const socket = new WebSocket(realtimeUrl, [
      'graphql-ws',
      `header-${btoa(JSON.stringify(authorization)).replaceAll('=', '')}`,
    ]);
    const say = (frame: object) => socket.send(JSON.stringify(frame));
    socket.addEventListener('open', () => {
      say({ type: 'connection_init' });
      say({
        id: '1',
        type: 'start',
        payload: { data: JSON.stringify(request), extensions: { authorization } },
      });
    });
    socket.addEventListener('message', ({ data }) => {
      const { type, payload } = JSON.parse(data);
      if (type === 'start_ack') started.resolve(type);
      if (type === 'data') sink.next(payload);
      if (type === 'complete') stopped.resolve(type);
      if (type.endsWith('error')) started.resolve(payload);
      if (type.endsWith('error')) sink.error(payload);
    });
    return () => say({ id: '1', type: 'stop' });
  };
  const fetcher = page.GraphiQL.createFetcher({
    url,
    headers: { 'x-api-key': key },
    wsClient: { subscribe },
  });
  page.events = (await fetcher(
    { query, variables, operationName: 'S' },
    { documentAST },
  )) as typeof page.events;
  return started.promise;
}

type Asked = { readonly query: string; readonly variables: object; readonly documentAST: object };

describe.skipIf(browser === null)("GraphiQL's own toolkit", () => {
  const openPage = createOpenPage(browser);
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud();
  });
  afterAll(() => cloud?.remove());

  const open = () => openPage(`${cloud.endpoint()}/playground`);
  const following = (page: OpenedPage, orderId: string, key = cloud.outputs().ApiKey) => {
    const { GraphQLUrl: url, RealtimeUrl: realtimeUrl } = cloud.outputs();
    return page.evaluate(follow, {
      url,
      realtimeUrl,
      key,
      query: QUERY,
      variables: { orderId },
      documentAST: DOCUMENT,
    });
  };
  const nextEvent = (page: OpenedPage) =>
    page.evaluate(async () => (await (globalThis as Page).events.next()).value);
  const ask = (page: OpenedPage, key: string) =>
    page.evaluate(
      async ([url, asKey]) => {
        const fetcher = (globalThis as Page).GraphiQL.createFetcher({ url });
        const headers = { 'x-api-key': asKey };
        // It asks for an answer in parts, too, and so it gives one part after the other.
        const parts = (await fetcher({ query: '{ __typename }' }, { headers })) as Page['events'];
        return (await parts.next()).value;
      },
      [cloud.outputs().GraphQLUrl, key],
    );

  test('queries, subscribes, hears an event, and unsubscribes', async () => {
    const page = await open();
    const answer = await ask(page, cloud.outputs().ApiKey);
    await following(page, 'toolkit');

    await processOrder(cloud.outputs(), { orderId: 'toolkit' });
    const event = await nextEvent(page);
    const stopped = await page.evaluate(async () => {
      const { events, stopped: completed } = globalThis as Page;
      await events.return?.();
      return completed;
    });

    expect(answer).toEqual({ data: { __typename: 'Query' } });
    expect(event).toEqual({ data: { onOrderStatus: { orderId: 'toolkit', status: 'PROCESSING' } } });
    expect(stopped).toBe('complete');
  });

  test('learns that its key is wrong, over HTTP and over the socket', async () => {
    const page = await open();

    const answers = [await ask(page, 'da2-wrong'), await following(page, 'nobody', 'da2-wrong')];

    for (const answer of answers)
      expect(answer).toMatchObject({ errors: [{ errorType: 'UnauthorizedException' }] });
  });

  test('subscribes again when the server was killed and is back', async () => {
    const page = await open();
    await following(page, 'again');

    await cloud.end('SIGKILL');
    await cloud.start();
    await following(page, 'again');
    await processOrder(cloud.outputs(), { orderId: 'again' });

    expect(await nextEvent(page)).toMatchObject({ data: { onOrderStatus: { orderId: 'again' } } });
  });
});
