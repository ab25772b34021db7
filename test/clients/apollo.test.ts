import { createRequire } from 'node:module';
import type { AuthOptions } from 'aws-appsync-auth-link';
import { describe, expect, test } from 'vitest';
import { API_KEY } from '../../local/test/services/appsync/support/apiDefinition.ts';
import { CREDENTIALS, type RunningApi } from '../../local/test/services/appsync/support/startApi.ts';
import { startIssuer } from '../../local/test/services/appsync/support/startIssuer.ts';
import {
  createInbox,
  PUBLISH,
  publishUntilHeard,
  startOrderApi,
  startSignedInApi,
  statusInput,
  SUBSCRIPTION,
} from './support.ts';

// The links' types and modules are made for CommonJS: with `import`, their IAM signer finds no SHA-256.
const require = createRequire(import.meta.url);
const { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } = require('@apollo/client/core');
const { AUTH_TYPE, createAuthLink } = require('aws-appsync-auth-link');
const { createSubscriptionHandshakeLink } = require('aws-appsync-subscription-link');

const BY_KEY: AuthOptions = { type: AUTH_TYPE.API_KEY, apiKey: API_KEY };

function clientOf({ graphqlUrl: url }: RunningApi, auth: AuthOptions = BY_KEY, httpOptions = {}) {
  const region = 'us-east-1';
  const link = ApolloLink.from([
    createAuthLink({ url, region, auth }),
    createSubscriptionHandshakeLink({ url, region, auth }, new HttpLink({ uri: url, ...httpOptions })),
  ]);
  return new ApolloClient({ link, cache: new InMemoryCache() });
}

type Client = ReturnType<typeof clientOf>;

function publish(client: Client, orderId: string, version = 1): Promise<unknown> {
  return client.mutate({ mutation: gql(PUBLISH), variables: { input: statusInput(orderId, version) } });
}

function follow(client: Client, orderId: string) {
  const inbox = createInbox<unknown>();
  const ended = Promise.withResolvers<void>();
  const subscription = client
    .subscribe({ query: gql(SUBSCRIPTION), variables: { orderId } })
    .subscribe({ next: inbox.push, error: () => ended.resolve(), complete: () => ended.resolve() });
  return { inbox, ended: ended.promise, unsubscribe: () => subscription.unsubscribe() };
}

describe('Apollo Client with the links of AppSync', () => {
  test('queries, subscribes, hears an event with __typename, and unsubscribes', async () => {
    const api = await startOrderApi();
    const client = clientOf(api);
    const { inbox, unsubscribe } = follow(client, 'one');

    const event = await publishUntilHeard(() => publish(client, 'one', 3), inbox);
    unsubscribe();
    const answer = await client.query({ query: gql('{ __typename }') });

    expect(event).toMatchObject({
      data: { onOrderStatus: { __typename: 'OrderStatusEvent', orderId: 'one', version: 3 } },
    });
    expect(answer.data).toEqual({ __typename: 'Query' });
  });

  test('learns over HTTP and over the socket that its key is wrong', async () => {
    const api = await startOrderApi();
    const client = clientOf(api, { type: AUTH_TYPE.API_KEY, apiKey: 'da2-wrong' });
    const { inbox } = follow(client, 'one');

    await expect(publish(client, 'one')).rejects.toMatchObject({ statusCode: 401 });
    expect(await inbox.next()).toMatchObject({ error: expect.anything() });
  });

  test('signs its requests with IAM', async () => {
    const api = await startOrderApi();
    // The link signs a body without the extensions that Apollo 4 adds after it.
    const httpOptions = { enhancedClientAwareness: { transport: false } };
    const client = clientOf(api, { type: AUTH_TYPE.AWS_IAM, credentials: CREDENTIALS }, httpOptions);

    const answer = await publish(client, 'one');

    expect(answer).toMatchObject({ data: { publishOrderStatus: { orderId: 'one' } } });
  });

  test('subscribes and publishes with the token of a signed-in person', async () => {
    const issuer = await startIssuer();
    const api = await startSignedInApi(issuer);
    const client = clientOf(api, { type: AUTH_TYPE.OPENID_CONNECT, jwtToken: () => issuer.sign() });
    const { inbox, unsubscribe } = follow(client, 'one');

    const event = await publishUntilHeard(() => publish(client, 'one', 3), inbox);
    unsubscribe();

    expect(event).toMatchObject({ data: { onOrderStatus: { orderId: 'one', version: 3 } } });
  });

  test('hears of a server that went away, and subscribes again when it is back', async () => {
    const api = await startOrderApi();
    const client = clientOf(api);
    const before = follow(client, 'one');
    await publishUntilHeard(() => publish(client, 'one'), before.inbox);

    await api.stop();
    await Promise.race([before.ended, before.inbox.next()]);
    await startOrderApi(api.port);
    const after = follow(client, 'one');

    const event = await publishUntilHeard(() => publish(client, 'one', 2), after.inbox);
    expect(event).toMatchObject({ data: { onOrderStatus: { version: 2 } } });
    after.unsubscribe();
  });
});
