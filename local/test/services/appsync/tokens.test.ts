import { SignJWT, UnsecuredJWT, exportSPKI, importJWK } from 'jose';
import { describe, expect, test } from 'vitest';
import { API_KEY } from './support/apiDefinition.ts';
import { postGraphql } from '../../../testing/postGraphql.ts';
import { subprotocols } from '../../../testing/openSocket.ts';
import { openSocket } from './support/openSocket.ts';
import { CLIENT, startIssuer, type Times } from './support/startIssuer.ts';
import { apiOf, ask, UNAUTHORIZED } from './support/tokenApi.ts';

const EXPIRED = {
  status: 401,
  body: { errors: [{ errorType: 'UnauthorizedException', message: 'Token has expired.' }] },
};
const UNPARSABLE = {
  status: 401,
  body: { errors: [{ errorType: 'UnauthorizedException', message: 'Unable to parse JWT token.' }] },
};

describe('a token of an OpenID Connect issuer', () => {
  test('opens the fields for signed-in people and shows the resolver its claims', async () => {
    const issuer = await startIssuer();
    const api = await apiOf(issuer);

    const answer = await ask(api, await issuer.sign({ email: 'ada@example.com' }), '{ forPeople forKeys }');

    const { identity, type } = JSON.parse(answer.body.data.forPeople);
    expect(identity).toMatchObject({
      issuer: issuer.url,
      sub: 'sub-of-ada',
      claims: { email: 'ada@example.com', aud: CLIENT },
    });
    expect(type).toBe('Open ID Connect Authorization');
    expect(answer.body.errors).toMatchObject([{ path: ['forKeys'], errorType: 'Unauthorized' }]);
  });

  test('does not stand in for the API key, nor the key for a token', async () => {
    const issuer = await startIssuer();
    const api = await apiOf(issuer);

    const answer = await postGraphql(api, JSON.stringify({ query: '{ forPeople forKeys }' }), {
      'x-api-key': API_KEY,
    });

    expect(answer.body.errors).toMatchObject([{ path: ['forPeople'], errorType: 'Unauthorized' }]);
  });

  test.each<[string, Times, object]>([
    ['that expired a second ago', { issuedAt: -10, expiresIn: -1 }, EXPIRED],
    ['that counts from an hour from now', { notBefore: 3_600 }, UNAUTHORIZED],
    ['that was issued an hour from now', { issuedAt: 3_600, expiresIn: 7_200 }, UNAUTHORIZED],
  ])('%s is refused', async (_what, times, refusal) => {
    const issuer = await startIssuer();
    const api = await apiOf(issuer);

    expect(await ask(api, await issuer.sign({}, times))).toMatchObject(refusal);
  });

  test('from a clock that is ten seconds ahead is taken', async () => {
    const issuer = await startIssuer();
    const api = await apiOf(issuer);

    const answer = await ask(api, await issuer.sign({}, { issuedAt: 10, notBefore: 10 }));

    expect(answer.body.errors).toBeUndefined();
  });

  test('of another client is refused; a regular expression allows several', async () => {
    const issuer = await startIssuer();
    const api = await apiOf(issuer, { clientId: 'web|phone' });

    expect(await ask(api, await issuer.sign({ aud: 'web-of-others' }))).toMatchObject(UNAUTHORIZED);
    expect((await ask(api, await issuer.sign({ aud: 'phone' }))).status).toBe(200);
    expect((await ask(api, await issuer.sign({ aud: 'api', azp: 'web' }))).status).toBe(200);
  });

  test('of another issuer, or signed with a key of another issuer, is refused', async () => {
    const issuer = await startIssuer();
    const stranger = await startIssuer();
    const api = await apiOf(issuer);

    expect(await ask(api, await stranger.sign())).toMatchObject(UNAUTHORIZED);
    expect(await ask(api, await stranger.sign({ iss: issuer.url }))).toMatchObject(UNAUTHORIZED);
  });

  test('without a signature, or signed with the public key as a shared secret, is refused', async () => {
    const issuer = await startIssuer();
    const api = await apiOf(issuer);
    const claims = { iss: issuer.url, aud: CLIENT, sub: 'sub-of-ada' };
    const { kid = '' } = issuer.publicKey();
    const key = await importJWK(issuer.publicKey(), 'ES256', { extractable: true });
    const secret = new TextEncoder().encode(key instanceof Uint8Array ? '' : await exportSPKI(key));
    const shared = new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid })
      .setIssuedAt()
      .setExpirationTime('1h');

    const unsigned = new UnsecuredJWT(claims).setIssuedAt().setExpirationTime('1h').encode();

    expect((await ask(api, unsigned)).status).toBe(401);
    expect(await ask(api, await shared.sign(secret))).toMatchObject(UNAUTHORIZED);
  });

  test.each([
    ['text that is not a token', 'open sesame'],
    ['a token behind Bearer', 'Bearer aaaa.bbbb.cccc'],
  ])('%s cannot be parsed, over HTTP and in the handshake of a socket', async (_what, token) => {
    const issuer = await startIssuer();
    const api = await apiOf(issuer);
    const protocols = subprotocols({ host: 'localhost', authorization: token });
    const socket = await openSocket(api.realtimeUrl, { protocols });

    expect(await ask(api, token)).toMatchObject(UNPARSABLE);
    expect(await socket.next()).toMatchObject({
      type: 'connection_error',
      payload: { errors: [{ errorType: 'UnauthorizedException', message: 'Unable to parse JWT token.' }] },
    });
  });

  test('of more than 16 KiB is refused before anything of it is read', async () => {
    const issuer = await startIssuer();
    const api = await apiOf(issuer);
    const socket = await openSocket(api.realtimeUrl);
    const authorization = {
      host: 'localhost',
      authorization: await issuer.sign({ note: 'a'.repeat(17 * 1_024) }),
    };
    const data = JSON.stringify({ query: 'subscription { onSaid { text } }', variables: {} });
    socket.send({ type: 'connection_init' });
    await socket.next();
    await socket.next();

    socket.send({ id: '1', type: 'start', payload: { data, extensions: { authorization } } });

    expect(await socket.next()).toMatchObject({
      type: 'error',
      payload: { errors: [{ errorType: 'UnauthorizedException', message: 'Unable to parse JWT token.' }] },
    });
  });

  test('is refused when it is older than iatTTL or its sign-in older than authTTL', async () => {
    const issuer = await startIssuer();
    const api = await apiOf(issuer, { iatTtl: 600_000, authTtl: 1_200_000 });
    const minutesAgo = (minutes: number) => Math.floor(Date.now() / 1_000) - minutes * 60;

    expect((await ask(api, await issuer.sign({ auth_time: minutesAgo(15) }))).status).toBe(200);
    expect(await ask(api, await issuer.sign({ auth_time: minutesAgo(1) }, { issuedAt: -700 }))).toMatchObject(
      EXPIRED,
    );
    expect(await ask(api, await issuer.sign({ auth_time: minutesAgo(25) }))).toMatchObject(EXPIRED);
    expect(await ask(api, await issuer.sign())).toMatchObject(EXPIRED);
  });
});

describe("an issuer's keys", () => {
  test('are fetched once for many tokens, and anew when the issuer has changed its key', async () => {
    const issuer = await startIssuer();
    const api = await apiOf(issuer);
    const first = await issuer.sign();

    await Promise.all(Array.from({ length: 20 }, () => ask(api, first)));
    const before = issuer.fetches();
    await issuer.rotate();
    const second = await ask(api, await issuer.sign());

    expect(before).toBe(1);
    expect(second.status).toBe(200);
    expect(await ask(api, first)).toMatchObject(UNAUTHORIZED);
  });

  test('serve for an hour while the issuer is down, and no longer', async () => {
    const issuer = await startIssuer();
    const api = await apiOf(issuer);
    await ask(api, await issuer.sign());
    await issuer.stop();

    api.clock.advance(59 * 60_000);
    const within = await ask(api, await issuer.sign({}, { now: api.clock.now() }));
    api.clock.advance(2 * 60_000);
    const after = await ask(api, await issuer.sign({}, { now: api.clock.now() }));

    expect(within.status).toBe(200);
    expect(after).toMatchObject(UNAUTHORIZED);
  });

  test('are not fetched more than ten times a minute, whatever key ids callers make up', async () => {
    const issuer = await startIssuer();
    const stranger = await startIssuer();
    const api = await apiOf(issuer);

    for (let count = 0; count < 15; count += 1) {
      await stranger.rotate();
      await ask(api, await stranger.sign({ iss: issuer.url }));
    }

    expect(issuer.fetches()).toBeLessThanOrEqual(10);
  });
});
