import { describe, expect, test } from 'vitest';
import { subprotocols } from '../../../testing/openSocket.ts';
import { openSocket } from './support/openSocket.ts';
import { startApi, type RunningApi } from './support/startApi.ts';
import { CLIENT, startIssuer } from './support/startIssuer.ts';
import { ask, RESOLVERS, SCHEMA, UNAUTHORIZED } from './support/tokenApi.ts';

describe('a token of a user pool', () => {
  const POOL = { token_use: 'id', 'cognito:username': 'ada' };

  async function pool(): Promise<{ api: RunningApi; sign: (claims: object) => Promise<string> }> {
    const issuer = await startIssuer();
    const api = await startApi(
      {
        schema: SCHEMA,
        resolvers: RESOLVERS,
        additionalAuth: ['AMAZON_COGNITO_USER_POOLS', 'OPENID_CONNECT'],
        tokenProviders: [
          {
            mode: 'AMAZON_COGNITO_USER_POOLS',
            issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Example',
            clientId: CLIENT,
            defaultAction: 'ALLOW',
          },
        ],
      },
      { standInIssuer: { issuer: issuer.url, keys: async () => ({ keys: [issuer.publicKey()] }) } },
    );
    return { api, sign: (claims) => issuer.sign({ ...POOL, ...claims }) };
  }

  test('opens the fields for the pool and shows its groups', async () => {
    const { api, sign } = await pool();

    const answer = await ask(api, await sign({ 'cognito:groups': ['approvers'] }), '{ forPool forGroup }');

    const { identity, type } = JSON.parse(answer.body.data.forGroup);
    expect(identity).toMatchObject({
      username: 'ada',
      groups: ['approvers'],
      defaultAuthStrategy: 'ALLOW',
      sourceIp: ['127.0.0.1'],
    });
    expect(type).toBe('User Pool Authorization');
    expect(answer.body.errors).toBeUndefined();
  });

  test('without the group is refused where the field names one', async () => {
    const { api, sign } = await pool();

    const answer = await ask(api, await sign({}), '{ forPool forGroup }');

    expect(answer.body.errors).toMatchObject([
      {
        path: ['forGroup'],
        errorType: 'Unauthorized',
        message: 'Not Authorized to access forGroup on type Query',
      },
    ]);
  });

  test('that is neither an id token nor an access token is refused', async () => {
    const { api, sign } = await pool();

    expect(await ask(api, await sign({ token_use: 'refresh' }), '{ forPool }')).toMatchObject(UNAUTHORIZED);
  });

  test('reads of an event only what its groups allow', async () => {
    const { api, sign } = await pool();
    const heard = async (claims: object) => {
      const authorization = { host: 'localhost', authorization: await sign(claims) };
      const socket = await openSocket(api.realtimeUrl, { protocols: subprotocols(authorization) });
      socket.send({ type: 'connection_init' });
      await socket.next();
      await socket.next();
      const data = JSON.stringify({ query: 'subscription { onSaid { text secret } }', variables: {} });
      socket.send({ id: '1', type: 'start', payload: { data, extensions: { authorization } } });
      expect(await socket.next()).toMatchObject({ type: 'start_ack' });
      return socket;
    };
    const approver = await heard({ 'cognito:groups': ['approvers'] });
    const other = await heard({});

    await ask(
      api,
      await sign({ 'cognito:groups': ['approvers'] }),
      'mutation { say(text: "hi") { text secret } }',
    );

    expect((await approver.next())['payload']).toEqual({ data: { onSaid: { text: 'hi', secret: 's' } } });
    expect((await other.next())['payload']).toMatchObject({
      data: { onSaid: { text: 'hi', secret: null } },
      errors: [{ errorType: 'Unauthorized' }],
    });
  });
});
