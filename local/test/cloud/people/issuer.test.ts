import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createIssuer } from '../../../cloud/people/createIssuer.ts';
import { createAdjustableClock, type AdjustableClock } from '../../../ground/clock/clock.ts';
import { openStore } from '../../../ground/store/openStore.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { serveHandler } from '../../support/serveHandler.ts';

const PEOPLE = [
  { name: 'Ada', groups: [] },
  { name: 'Grace', groups: ['approvers'] },
];
const BACK = 'http://localhost:5173/signed-in';

type Running = { readonly base: string; readonly clock: AdjustableClock };

async function startIssuer(folder = temporaryFolder()): Promise<Running> {
  const clock = createAdjustableClock();
  const store = openStore({
    folder,
    onFailure: (error) => {
      throw error;
    },
  });
  const served = await serveHandler((port) => createIssuer({ store, clock, port, people: PEOPLE }).handle);
  onTestFinished(served.close);
  return { base: `http://localhost:${served.port}/_local/issuer`, clock };
}

const VERIFIER = randomBytes(32).toString('base64url');
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
const REQUEST = {
  response_type: 'code',
  client_id: 'web',
  redirect_uri: BACK,
  state: 'here',
  nonce: 'once',
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
};

function authorize({ base }: Running, person: string, changes: Readonly<Record<string, string>> = {}) {
  const query = new URLSearchParams({ ...REQUEST, ...changes });
  return fetch(`${base}/authorize?${query}`, {
    method: 'POST',
    body: new URLSearchParams({ person }),
    redirect: 'manual',
  });
}

async function codeOf(running: Running, person = 'Ada'): Promise<string> {
  const { headers } = await authorize(running, person);
  return new URL(headers.get('location') ?? '').searchParams.get('code') ?? '';
}

async function exchange({ base }: Running, body: Readonly<Record<string, string>>) {
  const response = await fetch(`${base}/token`, { method: 'POST', body: new URLSearchParams(body) });
  return { status: response.status, body: await response.json() };
}

const withCode = (code: string, changes: Readonly<Record<string, string>> = {}) => ({
  grant_type: 'authorization_code',
  client_id: 'web',
  redirect_uri: BACK,
  code_verifier: VERIFIER,
  code,
  ...changes,
});

describe('the development issuer', () => {
  test('signs a person in with a code and PKCE, and its tokens can be verified by discovery', async () => {
    const running = await startIssuer();
    const discovery = await (await fetch(`${running.base}/.well-known/openid-configuration`)).json();

    const signedIn = await authorize(running, 'Grace');
    const target = new URL(signedIn.headers.get('location') ?? '');
    const { body } = await exchange(running, withCode(target.searchParams.get('code') ?? ''));

    expect(`${target.origin}${target.pathname}`).toBe(BACK);
    expect(target.searchParams.get('state')).toBe('here');
    const keys = createRemoteJWKSet(new URL(discovery.jwks_uri));
    const { payload } = await jwtVerify(body.id_token, keys, { issuer: discovery.issuer, audience: 'web' });
    expect(payload).toMatchObject({
      preferred_username: 'Grace',
      groups: ['approvers'],
      nonce: 'once',
      token_use: 'id',
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3_600);
  });

  test('shows a page with the people who can sign in', async () => {
    const { base } = await startIssuer();

    const page = await (await fetch(`${base}/authorize?${new URLSearchParams(REQUEST)}`)).text();

    expect(page).toContain('<button name="person" value="Ada">');
    expect(page).toContain('<small>approvers</small>');
  });

  test('takes a code once, for a minute, and only with its verifier, client and address', async () => {
    const running = await startIssuer();
    const used = await codeOf(running);
    await exchange(running, withCode(used));
    const old = await codeOf(running);
    running.clock.advance(60_000);

    const refused = [
      await exchange(running, withCode(used)),
      await exchange(running, withCode(old)),
      await exchange(running, withCode(await codeOf(running), { code_verifier: 'another' })),
      await exchange(running, withCode(await codeOf(running), { client_id: 'another' })),
      await exchange(running, withCode(await codeOf(running), { redirect_uri: 'http://localhost:1/' })),
    ];

    expect(refused).toEqual(
      Array.from({ length: 5 }, () => ({ status: 400, body: { error: 'invalid_grant' } })),
    );
  });

  test('renews tokens with a refresh token, once', async () => {
    const running = await startIssuer();
    const { body } = await exchange(running, withCode(await codeOf(running)));
    const refresh = { grant_type: 'refresh_token', client_id: 'web', refresh_token: body.refresh_token };

    const renewed = await exchange(running, refresh);
    const again = await exchange(running, refresh);

    expect(renewed.status).toBe(200);
    expect(renewed.body.id_token).not.toBe('');
    expect(again).toEqual({ status: 400, body: { error: 'invalid_grant' } });
  });

  test.each([
    [
      'an address on another machine',
      { redirect_uri: 'https://example.com/' },
      'redirect_uri must be an address on localhost or 127.0.0.1; got &#34;https://example.com/&#34;.',
    ],
    [
      'a request without PKCE',
      { code_challenge: '' },
      'PKCE is required: send code_challenge, and S256 as code_challenge_method.',
    ],
    ['an implicit flow', { response_type: 'token' }, 'response_type must be code; got &#34;token&#34;.'],
  ])('refuses %s with a sentence and no code', async (_what, changes, sentence) => {
    const running = await startIssuer();

    const response = await authorize(running, 'Ada', changes);

    expect(response.status).toBe(400);
    expect(await response.text()).toContain(sentence);
    expect(response.headers.get('location')).toBeNull();
  });

  test('gives a script tokens for a person by name, and none for a stranger', async () => {
    const running = await startIssuer();
    const named = (username: string) =>
      exchange(running, { grant_type: 'password', client_id: 'web', username, password: '' });

    expect((await named('Ada')).status).toBe(200);
    expect(await named('Mallory')).toEqual({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('keeps its key in the data folder, so tokens outlive a restart, and publishes the public half only', async () => {
    const folder = temporaryFolder();
    const keysOnce = async () => {
      const store = openStore({ folder, onFailure: () => {} });
      const { keys } = createIssuer({ store, clock: createAdjustableClock(), port: 1, people: PEOPLE });
      const published = await keys();
      store.close();
      return published;
    };

    const first = await keysOnce();

    expect(await keysOnce()).toEqual(first);
    expect(Object.keys(first.keys[0] ?? {}).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });
});
