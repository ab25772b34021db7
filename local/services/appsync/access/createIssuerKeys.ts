import { LOOPBACK_HOSTS } from '../../../ground/loopback.ts';
import type { JSONWebKeySet } from 'jose';
import { isObject } from '../../../ground/json.ts';
import type { Clock } from '../../../ground/clock/clock.ts';
import type { TokenProvider } from './tokenProvider.ts';

export type IssuerKeys = {
  /** The issuer's public keys; fetched anew when they are old or hold no key of this id. Null when there are none. */
  readonly keysOf: (provider: TokenProvider, keyId: string) => Promise<JSONWebKeySet | null>;
};

export type IssuerKeysOptions = {
  readonly clock: Clock;
  /** Fetches a JSON document; throws when there is none. */
  readonly fetchJson: (url: string) => Promise<unknown>;
  /** Receives one sentence for each fetch that failed. */
  readonly onTrouble: (sentence: string) => void;
};

const MINUTE = 60_000;
const REFRESH_AFTER_MILLISECONDS = 10 * MINUTE;
/** While an issuer is down, the keys that it gave last serve for this long. */
const MAX_KEY_AGE_MILLISECONDS = 60 * MINUTE;
/** Unknown key ids cost the issuer a request each: no caller may cause more of them than this in a minute. */
const MAX_FETCHES_A_MINUTE = 10;
const FETCH_TIMEOUT_MILLISECONDS = 3_000;
const MAX_DOCUMENT_BYTES = 262_144;

type Known = { keys: JSONWebKeySet | null; fetchedAt: number; attempts: readonly number[] };

/** The keys of every issuer, cached; one fetch at a time for each. */
export function createIssuerKeys({ clock, fetchJson, onTrouble }: IssuerKeysOptions): IssuerKeys {
  const known = new Map<string, Known>();
  const fetching = new Map<string, Promise<void>>();

  async function refresh(provider: TokenProvider, state: Known): Promise<void> {
    const now = clock.now();
    state.attempts = [...state.attempts.filter((at) => at <= now && now - at < MINUTE), now];
    try {
      state.keys = parseKeys(await fetchJson(await keysUrl(provider, fetchJson)));
      state.fetchedAt = now;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      onTrouble(
        `The keys of the issuer ${provider.issuer} could not be read (${reason}). Signed-in callers are refused when its last keys are ${MAX_KEY_AGE_MILLISECONDS / MINUTE} minutes old.`,
      );
    }
  }

  function refreshOnce(provider: TokenProvider, state: Known): Promise<void> {
    const under = fetching.get(provider.issuer);
    if (under !== undefined) return under;
    const started = refresh(provider, state).finally(() => fetching.delete(provider.issuer));
    fetching.set(provider.issuer, started);
    return started;
  }

  return {
    keysOf: async (provider, keyId) => {
      const state = known.get(provider.issuer) ?? { keys: null, fetchedAt: 0, attempts: [] };
      known.set(provider.issuer, state);
      const isFresh = clock.now() - state.fetchedAt < REFRESH_AFTER_MILLISECONDS;
      const isKnown = state.keys?.keys.some(({ kid }) => kid === keyId) === true;
      const mayFetch = state.attempts.filter((at) => clock.now() - at < MINUTE).length < MAX_FETCHES_A_MINUTE;
      if ((!isFresh || !isKnown) && mayFetch) await refreshOnce(provider, state);
      return clock.now() - state.fetchedAt < MAX_KEY_AGE_MILLISECONDS ? state.keys : null;
    },
  };
}

/** OIDC issuers are asked where their keys are (OpenID Connect Discovery 1.0, section 4); a user pool's place is fixed. */
async function keysUrl(provider: TokenProvider, fetchJson: IssuerKeysOptions['fetchJson']): Promise<string> {
  const base = provider.issuer.replace(/\/$/, '');
  if (provider.mode === 'AMAZON_COGNITO_USER_POOLS') return `${base}/.well-known/jwks.json`;
  const discovery = await fetchJson(`${base}/.well-known/openid-configuration`);
  if (!isObject(discovery) || discovery['issuer'] !== provider.issuer)
    throw new Error('its discovery document names another issuer');
  const { jwks_uri: url } = discovery;
  if (typeof url !== 'string') throw new Error('its discovery document has no jwks_uri');
  return url;
}

function parseKeys(document: unknown): JSONWebKeySet {
  const keys = isObject(document) ? document['keys'] : undefined;
  if (!Array.isArray(keys)) throw new Error('its key set has no list of keys');
  // A shared secret is not a public key: a token signed with one could come from any reader of the key set.
  return { keys: keys.filter(isObject).filter(({ kty }) => typeof kty === 'string' && kty !== 'oct') };
}

/** Fetches JSON from an issuer: over TLS, or from this machine; no redirects, at most 256 KiB, within 3 s. */
export async function fetchIssuerJson(url: string): Promise<unknown> {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' && !LOOPBACK_HOSTS.includes(hostname))
    throw new Error(`${url} is not an https address`);
  const response = await fetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(FETCH_TIMEOUT_MILLISECONDS),
    headers: { accept: 'application/json' },
  });
  if (!response.ok) throw new Error(`${url} answered with status ${response.status}`);
  const text = await response.text();
  if (text.length > MAX_DOCUMENT_BYTES)
    throw new Error(`${url} answered more than ${MAX_DOCUMENT_BYTES} bytes`);
  return JSON.parse(text);
}
