import { Amplify, Hub } from '@aws-amplify/core';
import { CONNECTION_STATE_CHANGE, generateClient, type ConnectionState } from '@aws-amplify/api';
import { describe, expect, onTestFinished, test } from 'vitest';
import { API_KEY } from '../../../local/test/services/appsync/support/apiDefinition.ts';
import { CREDENTIALS, type RunningApi } from '../../../local/test/services/appsync/support/startApi.ts';
import { startIssuer } from '../../../local/test/services/appsync/support/startIssuer.ts';
import {
  createInbox,
  PUBLISH,
  startOrderApi,
  startSignedInApi,
  statusInput,
  SUBSCRIPTION,
} from '../support.ts';

await import('./shim.ts');

function configure({ graphqlUrl: endpoint }: RunningApi, apiKey = API_KEY, token: string | null = null) {
  Amplify.configure(
    { API: { GraphQL: { endpoint, region: 'us-east-1', defaultAuthMode: 'apiKey', apiKey } } },
    {
      Auth: {
        tokenProvider: {
          getTokens: async () =>
            token === null ? null : { accessToken: { toString: () => token, payload: {} } },
        },
        credentialsProvider: {
          getCredentialsAndIdentityId: async () => ({ credentials: CREDENTIALS }),
          clearCredentialsAndIdentityId: () => {},
        },
      },
    },
  );
  return generateClient();
}

type Client = ReturnType<typeof configure>;

function states() {
  const inbox = createInbox<ConnectionState>();
  const stop = Hub.listen('api', ({ payload }) => {
    const { connectionState } = (payload.data ?? {}) as { connectionState?: ConnectionState };
    if (payload.event === CONNECTION_STATE_CHANGE && connectionState) inbox.push(connectionState);
  });
  onTestFinished(stop);
  return async (wanted: ConnectionState): Promise<void> => {
    while ((await inbox.next()) !== wanted);
  };
}

type Mode = 'apiKey' | 'iam' | 'oidc';

function follow(client: Client, orderId: string, authMode: Mode = 'apiKey') {
  const inbox = createInbox<unknown>();
  const failures = createInbox<unknown>();
  const observable = client.graphql({ query: SUBSCRIPTION, variables: { orderId }, authMode });
  if (!('subscribe' in observable)) throw new Error('Amplify answered a subscription with a promise.');
  const subscription = observable.subscribe({ next: inbox.push, error: failures.push });
  onTestFinished(() => subscription.unsubscribe());
  return { inbox, failures, unsubscribe: () => subscription.unsubscribe() };
}

const publish = async (client: Client, version: number, authMode: Mode = 'apiKey') =>
  client.graphql({ query: PUBLISH, variables: { input: statusInput('one', version) }, authMode });

describe('Amplify', () => {
  test('queries, subscribes, hears an event, and unsubscribes', async () => {
    const api = await startOrderApi();
    const client = configure(api);
    const until = states();
    const { inbox, unsubscribe } = follow(client, 'one');
    await until('Connected' as ConnectionState);

    await publish(client, 5);
    const event = await inbox.next();
    unsubscribe();
    await until('Disconnected' as ConnectionState);

    expect(event).toMatchObject({ data: { onOrderStatus: { orderId: 'one', version: 5 } } });
  });

  test('learns that its key is wrong, over HTTP and over the socket, and does not try again', async () => {
    const api = await startOrderApi();
    const client = configure(api, 'da2-wrong');
    const { failures } = follow(client, 'one');

    await expect(publish(client, 1)).rejects.toMatchObject({ errors: [{ message: 'Unauthorized' }] });
    expect(await failures.next()).toMatchObject({
      errors: [{ message: 'Connection failed: UnauthorizedException' }],
    });
  });

  test('signs requests with IAM', async () => {
    const api = await startOrderApi();
    const client = configure(api);

    const answer = await publish(client, 1, 'iam');

    expect(answer).toMatchObject({ data: { publishOrderStatus: { orderId: 'one' } } });
  });

  test('subscribes and publishes with the token of a signed-in person', async () => {
    const issuer = await startIssuer();
    const api = await startSignedInApi(issuer);
    const client = configure(api, API_KEY, await issuer.sign());
    const until = states();
    const { inbox } = follow(client, 'one', 'oidc');
    await until('Connected' as ConnectionState);

    await publish(client, 5, 'oidc');

    expect(await inbox.next()).toMatchObject({ data: { onOrderStatus: { orderId: 'one', version: 5 } } });
  });

  test('connects by itself when the server was restarted, and hears again', async () => {
    const api = await startOrderApi();
    const client = configure(api);
    const until = states();
    const { inbox } = follow(client, 'one');
    await until('Connected' as ConnectionState);

    await api.stop();
    await startOrderApi(api.port);
    await until('Connected' as ConnectionState);
    await publish(client, 6);

    expect(await inbox.next()).toMatchObject({ data: { onOrderStatus: { version: 6 } } });
  });
});
