import * as oauth from 'oauth4webapi';
import { keepPending, takePending, type Pending } from './pending.ts';
import { LOOPBACK_HOSTS } from '../loopback.ts';

/** Where people sign in, as config.json says. */
export type SignInConfig = { readonly issuer: string; readonly clientId: string };

export type Tokens = { readonly idToken: string; readonly refreshToken: string | null };

export type LeaveOptions = {
  /** Asks for the password even where the issuer still knows the person: somebody else may sit here now. */
  readonly anew: boolean;
};

/** The issuer did not sign a person in; the message is for the person in front of the page. */
export class SignInFailed extends Error {
  readonly type = 'SignInFailed';
}

export type Issuer = {
  /** Leaves the page for the issuer's (authorization code with PKCE). */
  readonly leave: (options: LeaveOptions) => Promise<never>;
  /** Finishes a sign-in that comes back in this page's address; null when there is none. */
  readonly comeBack: () => Promise<Tokens | null>;
  /** Null when the issuer does not renew: the person signs in again. */
  readonly renew: (refreshToken: string) => Promise<Tokens | null>;
};

const SCOPE = 'openid profile email offline_access';

/** Signs in with a kept OAuth library. The issuer is not asked for anything before a person signs in. */
export function createIssuer(config: SignInConfig): Issuer {
  return {
    leave: async (options) => {
      location.assign(await questionFor(await discover(config), options));
      return never();
    },
    comeBack: async () => {
      const pending = takePending();
      const address = new URL(location.href);
      if (pending === null || !address.searchParams.has('state')) return null;
      if (pending.path !== location.pathname) return goOn(pending, address);
      history.replaceState(null, '', `${address.pathname}${pending.hash}`);
      return exchange(await discover(config), pending, address);
    },
    renew: async (refreshToken) => {
      const { server, client, options } = await discover(config);
      const response = await oauth.refreshTokenGrantRequest(
        server,
        client,
        oauth.None(),
        refreshToken,
        options,
      );
      try {
        return tokensOf(await oauth.processRefreshTokenResponse(server, client, response));
      } catch {
        return null;
      }
    },
  };
}

type Discovered = {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly options: { readonly [oauth.allowInsecureRequests]: boolean };
};

async function discover({ issuer, clientId }: SignInConfig): Promise<Discovered> {
  const url = new URL(issuer);
  const options = { [oauth.allowInsecureRequests]: LOOPBACK_HOSTS.includes(url.hostname) };
  try {
    const server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, options));
    return { server, client: { client_id: clientId }, options };
  } catch (cause) {
    throw new SignInFailed(`The sign-in service ${issuer} does not answer. Try again later.`, { cause });
  }
}

/** One address for every page, so that one address is registered at the issuer. */
function redirectUri(): string {
  return `${location.origin}/`;
}

/** Where the person goes to sign in: RFC 6749, section 4.1.1, with PKCE and OpenID Connect's nonce. */
async function questionFor({ server, client }: Discovered, { anew }: LeaveOptions): Promise<URL> {
  const verifier = oauth.generateRandomCodeVerifier();
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
  keepPending({ verifier, state, nonce, path: location.pathname, hash: location.hash });
  const question = {
    client_id: client.client_id,
    response_type: 'code',
    redirect_uri: redirectUri(),
    scope: SCOPE,
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(anew ? { prompt: 'login' } : {}),
  };
  const target = new URL(server.authorization_endpoint ?? server.issuer);
  for (const [name, value] of Object.entries(question)) target.searchParams.set(name, value);
  return target;
}

/** The code in the address for tokens. */
async function exchange(
  { server, client, options }: Discovered,
  { verifier, state, nonce }: Pending,
  address: URL,
): Promise<Tokens | null> {
  try {
    const answer = oauth.validateAuthResponse(server, client, address, state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      answer,
      redirectUri(),
      verifier,
      options,
    );
    const expected = { expectedNonce: nonce };
    return tokensOf(await oauth.processAuthorizationCodeResponse(server, client, response, expected));
  } catch (cause) {
    throw new SignInFailed(`The sign-in was not finished (${reasonOf(cause)}). Sign in again.`, { cause });
  }
}

function tokensOf({
  id_token: idToken,
  refresh_token: refreshToken,
}: oauth.TokenEndpointResponse): Tokens | null {
  return idToken === undefined ? null : { idToken, refreshToken: refreshToken ?? null };
}

/** The issuer's own code for a refusal, such as `access_denied`. */
function reasonOf(error: unknown): string {
  const isNamed =
    error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError;
  return isNamed ? error.error : 'its answer could not be used';
}

/** The answer belongs to another page of this origin. */
function goOn(pending: Pending, address: URL): Promise<never> {
  keepPending(pending);
  address.pathname = pending.path;
  location.replace(address);
  return never();
}

/** The page is being left. */
function never(): Promise<never> {
  return new Promise<never>(() => {});
}
