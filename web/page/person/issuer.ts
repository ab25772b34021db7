import * as oauth from 'oauth4webapi';

/** Where people sign in, as config.json says. */
export type SignInConfig = { readonly issuer: string; readonly clientId: string };

export type Tokens = { readonly idToken: string; readonly refreshToken: string | null };

/** What has to outlive the way to the issuer and back. */
type Pending = {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  /** The order that was open. */
  readonly hash: string;
};

const PENDING = 'countersign.signIn';
const SCOPE = 'openid profile email offline_access';
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export type Issuer = {
  /** Leaves the page for the issuer's (authorization code with PKCE). */
  readonly leave: () => Promise<never>;
  /** Finishes a sign-in that comes back in this page's address; null when there is none. */
  readonly comeBack: () => Promise<Tokens | null>;
  /** Null when the issuer does not renew: the person signs in again. */
  readonly renew: (refreshToken: string) => Promise<Tokens | null>;
};

/** Signs in with a kept OAuth library; an issuer on this machine may be asked without TLS. */
export async function openIssuer({ issuer, clientId }: SignInConfig): Promise<Issuer> {
  const url = new URL(issuer);
  const options = { [oauth.allowInsecureRequests]: LOOPBACK.includes(url.hostname) };
  const server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, options));
  const client: oauth.Client = { client_id: clientId };
  const redirectUri = `${location.origin}/`;

  return {
    leave: async () => {
      const pending = {
        verifier: oauth.generateRandomCodeVerifier(),
        state: oauth.generateRandomState(),
        nonce: oauth.generateRandomNonce(),
        hash: location.hash,
      };
      sessionStorage.setItem(PENDING, JSON.stringify(pending));
      const target = new URL(server.authorization_endpoint ?? issuer);
      const question = {
        client_id: clientId,
        response_type: 'code',
        redirect_uri: redirectUri,
        scope: SCOPE,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
      };
      for (const [name, value] of Object.entries(question)) target.searchParams.set(name, value);
      location.assign(target);
      return new Promise<never>(() => {});
    },
    comeBack: async () => {
      const pending = takePending();
      const address = new URL(location.href);
      if (pending === null || !address.searchParams.has('state')) return null;
      history.replaceState(null, '', `${address.pathname}${pending.hash}`);
      const answer = oauth.validateAuthResponse(server, client, address, pending.state);
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        oauth.None(),
        answer,
        redirectUri,
        pending.verifier,
        options,
      );
      return tokensOf(
        await oauth.processAuthorizationCodeResponse(server, client, response, {
          expectedNonce: pending.nonce,
        }),
      );
    },
    renew: async (refreshToken) => {
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

function tokensOf({
  id_token: idToken,
  refresh_token: refreshToken,
}: oauth.TokenEndpointResponse): Tokens | null {
  return idToken === undefined ? null : { idToken, refreshToken: refreshToken ?? null };
}

function takePending(): Pending | null {
  const text = sessionStorage.getItem(PENDING);
  sessionStorage.removeItem(PENDING);
  const value: unknown = text === null ? null : JSON.parse(text);
  if (typeof value !== 'object' || value === null) return null;
  const { verifier, state, nonce, hash } = value as Partial<Record<keyof Pending, unknown>>; // each is checked below
  return typeof verifier === 'string' && typeof state === 'string' && typeof nonce === 'string'
    ? { verifier, state, nonce, hash: typeof hash === 'string' ? hash : '' }
    : null;
}
