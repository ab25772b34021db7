import { Client, fetchExchange, subscriptionExchange, type SubscriptionOperation } from '@urql/core';
import { describe, expect, test } from 'vitest';
import { API_KEY } from '../../local/test/services/appsync/support/apiDefinition.ts';
import type { RunningApi } from '../../local/test/services/appsync/support/startApi.ts';
import {
  createInbox,
  PUBLISH,
  publishUntilHeard,
  startOrderApi,
  statusInput,
  SUBSCRIPTION,
} from './support.ts';

type Sink = { next(value: never): void; error(error: unknown): void; complete(): void };

/** urql leaves the transport of subscriptions to its user: AppSync's in a few lines. */
function forwardTo(api: RunningApi, key: string) {
  const authorization = { host: `127.0.0.1:${api.port}`, 'x-api-key': key };
  const header = Buffer.from(JSON.stringify(authorization)).toString('base64url');
  return ({ query, variables }: SubscriptionOperation) => ({
    subscribe: (sink: Sink) => {
      const socket = new WebSocket(api.realtimeUrl, ['graphql-ws', `header-${header}`]);
      const data = JSON.stringify({ query, variables });
      socket.addEventListener('open', () =>
        socket.send(
          JSON.stringify({ id: '1', type: 'start', payload: { data, extensions: { authorization } } }),
        ),
      );
      socket.addEventListener('message', (message) => {
        const { type, payload } = JSON.parse(String(message.data));
        if (type === 'data') sink.next(payload as never);
        if (type.endsWith('error')) sink.error(payload.errors);
      });
      socket.addEventListener('close', () => sink.complete());
      return { unsubscribe: () => socket.close() };
    },
  });
}

function clientOf(api: RunningApi, key = API_KEY): Client {
  return new Client({
    url: api.graphqlUrl,
    preferGetMethod: false,
    fetchOptions: { headers: { 'x-api-key': key } },
    exchanges: [subscriptionExchange({ forwardSubscription: forwardTo(api, key) }), fetchExchange],
  });
}

const publish = (client: Client, version: number) =>
  client.mutation(PUBLISH, { input: statusInput('one', version) }).toPromise();

describe('urql', () => {
  test('queries, subscribes, hears an event, and unsubscribes', async () => {
    const api = await startOrderApi();
    const client = clientOf(api);
    const inbox = createInbox<unknown>();
    const { unsubscribe } = client
      .subscription(SUBSCRIPTION, { orderId: 'one' })
      .subscribe(({ data }) => inbox.push(data));

    const event = await publishUntilHeard(() => publish(client, 4), inbox);
    const answer = await client.query('{ __typename }', {}).toPromise();
    unsubscribe();

    expect(event).toEqual({ onOrderStatus: { orderId: 'one', status: 'PROCESSING', version: 4 } });
    expect(answer.data).toEqual({ __typename: 'Query' });
  });

  test('asks by GET too', async () => {
    const api = await startOrderApi();
    const client = new Client({
      url: api.graphqlUrl,
      preferGetMethod: 'force',
      fetchOptions: { headers: { 'x-api-key': API_KEY } },
      exchanges: [fetchExchange],
    });

    const answer = await client.query('query Q { __typename }', {}).toPromise();

    expect(answer.data).toEqual({ __typename: 'Query' });
  });

  test('learns that its key is wrong', async () => {
    const api = await startOrderApi();
    const client = clientOf(api, 'da2-wrong');
    const inbox = createInbox<unknown>();
    client.subscription(SUBSCRIPTION, {}).subscribe(({ error }) => inbox.push(error));

    const answer = await publish(client, 1);

    expect(answer.error?.response?.status).toBe(401);
    expect(await inbox.next()).toBeDefined();
  });

  test('subscribes again after the server was restarted', async () => {
    const api = await startOrderApi();
    const client = clientOf(api);
    const heard = createInbox<unknown>();
    const listen = (inbox = heard) =>
      client.subscription(SUBSCRIPTION, { orderId: 'one' }).subscribe(({ data }) => inbox.push(data));
    const first = listen();
    await publishUntilHeard(() => publish(client, 1), heard);

    await api.stop();
    first.unsubscribe();
    await startOrderApi(api.port);
    const again = createInbox<unknown>();
    const second = listen(again);

    expect(await publishUntilHeard(() => publish(client, 2), again)).toMatchObject({
      onOrderStatus: { version: 2 },
    });
    second.unsubscribe();
  });
});
