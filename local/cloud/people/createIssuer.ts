import type { JSONWebKeySet } from 'jose';
import type { Clock } from '../../ground/clock/clock.ts';
import { LOOPBACK_HOSTS } from '../../ground/loopback.ts';
import type { Store } from '../../ground/store/store.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from '../../wire/httpMessage.ts';
import { jsonAnswer } from '../../wire/jsonAnswer.ts';
import { createGrants, type Grant } from './grants.ts';
import { issueTokens, secondsOf, type TokenIssuer } from './issueTokens.ts';
import type { Person } from './person.ts';
import { loadSigningKey } from './signingKey.ts';
import { problemPage, signInPage } from './signInPage.ts';

export type IssuerOptions = {
  readonly store: Store;
  readonly clock: Clock;
  readonly port: number;
  readonly people: readonly Person[];
};

export type DevelopmentIssuer = {
  /** The `iss` of its tokens, such as http://localhost:4000/_local/issuer. */
  readonly issuer: string;
  readonly keys: () => Promise<JSONWebKeySet>;
  readonly handle: HttpHandler;
};

export const ISSUER_PATH = '/_local/issuer';

type Issuing = IssuerOptions & TokenIssuer;

/**
 * An OpenID Connect issuer for development: discovery, keys, a page to choose a person (authorization code with
 * PKCE, RFC 7636), tokens of an hour, and refresh tokens that serve once.
 */
export function createIssuer(options: IssuerOptions): DevelopmentIssuer {
  const issuer = `http://localhost:${options.port}${ISSUER_PATH}`;
  const key = loadSigningKey(options.store);
  const issuing = { ...options, issuer, key, grants: createGrants(options.clock) };
  const actions: Readonly<Record<string, (request: HttpRequest) => HttpResponse | Promise<HttpResponse>>> = {
    'GET /.well-known/openid-configuration': () => json(200, discovery(issuer)),
    'GET /keys': () => json(200, key.published),
    'GET /authorize': (request) => authorize(issuing, request),
    'POST /authorize': (request) => signIn(issuing, request),
    'POST /token': (request) => exchange(issuing, form(request)),
    'GET /logout': (request) => signOut(request),
  };
  return {
    issuer,
    keys: async () => key.published,
    handle: (request) => {
      const action = actions[`${request.method} ${request.path.slice(ISSUER_PATH.length)}`];
      return action === undefined ? json(404, { error: 'not_found' }) : action(request);
    },
  };
}

function discovery(issuer: string): unknown {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    end_session_endpoint: `${issuer}/logout`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'password'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

type Asked = {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly state: string | null;
  readonly nonce: string | null;
};

/** The client's request, or a sentence that says why it is refused. A code goes to pages of this machine only. */
function parseAsked(query: string): Asked | string {
  const asked = new URLSearchParams(query);
  const of = (name: string) => asked.get(name) ?? '';
  const redirectUri = of('redirect_uri');
  if (!isOnThisMachine(redirectUri))
    return `redirect_uri must be an address on localhost or 127.0.0.1; got "${redirectUri}".`;
  if (of('response_type') !== 'code') return `response_type must be code; got "${of('response_type')}".`;
  if (of('client_id') === '') return 'client_id is missing.';
  if (of('code_challenge_method') !== 'S256' || of('code_challenge') === '')
    return 'PKCE is required: send code_challenge, and S256 as code_challenge_method.';
  return {
    clientId: of('client_id'),
    redirectUri,
    challenge: of('code_challenge'),
    state: asked.get('state'),
    nonce: asked.get('nonce'),
  };
}

function isOnThisMachine(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return /^https?:$/.test(protocol) && LOOPBACK_HOSTS.includes(hostname);
}

function authorize({ people }: Issuing, { query }: HttpRequest): HttpResponse {
  const asked = parseAsked(query);
  return typeof asked === 'string' ? html(400, problemPage(asked)) : html(200, signInPage(people, query));
}

function signIn({ people, grants, clock }: Issuing, request: HttpRequest): HttpResponse {
  const asked = parseAsked(request.query);
  if (typeof asked === 'string') return html(400, problemPage(asked));
  const { state, ...grant } = asked;
  const name = form(request).get('person') ?? '';
  const person = people.find((one) => one.name === name);
  if (person === undefined)
    return html(
      400,
      problemPage(`There is no "${name}". --people names ${people.map((one) => one.name).join(', ')}.`),
    );
  const code = grants.addCode({ ...grant, person, authenticatedAt: secondsOf(clock) });
  const target = new URL(asked.redirectUri);
  target.searchParams.set('code', code);
  if (state !== null) target.searchParams.set('state', state);
  return redirect(target.href);
}

function signOut({ query }: HttpRequest): HttpResponse {
  const target = new URLSearchParams(query).get('post_logout_redirect_uri') ?? '';
  return isOnThisMachine(target) ? redirect(target) : html(200, problemPage('You are signed out.'));
}

/** RFC 6749, sections 4.1.3, 6 and, for scripts that have no browser, 4.3. */
async function exchange(issuing: Issuing, given: URLSearchParams): Promise<HttpResponse> {
  const of = (name: string) => given.get(name) ?? '';
  const grants: Readonly<Record<string, () => Grant | null>> = {
    authorization_code: () =>
      issuing.grants.takeCode(of('code'), {
        clientId: of('client_id'),
        redirectUri: of('redirect_uri'),
        verifier: of('code_verifier'),
      }),
    refresh_token: () => issuing.grants.takeRefreshToken(of('refresh_token'), of('client_id')),
    password: () => grantByName(issuing, of('username'), of('client_id')),
  };
  const type = of('grant_type');
  const grant = Object.hasOwn(grants, type) ? grants[type]?.() : undefined;
  if (grant === undefined) return json(400, { error: 'unsupported_grant_type' });
  return grant === null
    ? json(400, { error: 'invalid_grant' })
    : json(200, await issueTokens(issuing, grant));
}

function grantByName({ people, clock }: Issuing, name: string, clientId: string): Grant | null {
  const person = people.find((one) => one.name === name);
  if (person === undefined || clientId === '') return null;
  return { person, clientId, nonce: null, authenticatedAt: secondsOf(clock) };
}

function form({ body }: HttpRequest): URLSearchParams {
  return new URLSearchParams(body.toString('utf8'));
}

const json = (status: number, body: unknown): HttpResponse =>
  jsonAnswer(status, body, { 'cache-control': 'no-store' });

function html(status: number, body: string): HttpResponse {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    'x-content-type-options': 'nosniff',
    // With no-referrer a browser would send the form with the origin "null", which the server refuses.
    'referrer-policy': 'same-origin',
  };
  return { status, headers, body };
}

function redirect(location: string): HttpResponse {
  return { status: 303, headers: { location, 'cache-control': 'no-store' }, body: '' };
}
