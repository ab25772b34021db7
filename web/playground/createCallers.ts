import { Unauthorized } from '../../client/errors.ts';
import { parseOptions } from '../../client/parseOptions.ts';
import type { Config } from '../config.ts';
import { createChangeable, type Changeable } from '../observable.ts';
import type { SignIn } from '../signIn/createSignIn.ts';
import { createAppSync, type AppSync } from './createAppSync.ts';
import type { Caller } from './exchange.ts';
import { sign, type Credentials } from './sign.ts';
import { signingSocket } from './signingSocket.ts';

type Headers = Readonly<Record<string, string>>;

export type Post = { readonly url: string; readonly body: string; readonly headers: Headers };

/** The callers of the API, and how each caller is identified over HTTP and over the socket. */
export type Callers = {
  readonly chosen: Changeable<Caller>;
  /** Null where the API takes no tokens. */
  readonly signIn: SignIn | null;
  /** The headers of a request by this caller. @throws Unauthorized with what to do */
  readonly headersFor: (caller: Caller, post: Post, apiKey: string) => Promise<Headers>;
  /** The subscriptions of this caller. */
  readonly appSyncFor: (caller: Caller, apiKey: string) => AppSync;
};

const NO_CREDENTIALS = 'Fill in the access key id and the secret access key under Caller.';
const SIGNED_OUT = 'You are not signed in. Sign in under Caller, or choose another caller.';

export function createCallers(config: Config, signIn: SignIn | null): Callers {
  const { graphqlUrl: url, realtimeUrl } = config;
  const services = new Map<string, AppSync>();
  const isSignedIn = signIn !== null && signIn.current().person !== null;
  const token = async () => {
    const current = (await signIn?.token()) ?? null;
    if (current !== null) return current;
    throw new Unauthorized('Unauthorized', signIn?.current().problem ?? SIGNED_OUT);
  };
  const environmentOf = (caller: Caller, apiKey: string) => {
    if (caller.kind === 'API key') return parseOptions({ url, apiKey, realtimeUrl });
    if (caller.kind === 'person') return parseOptions({ url, token, realtimeUrl });
    return {
      ...parseOptions({ url, apiKey, realtimeUrl }),
      credential: async () => {
        refuseEmpty(caller);
        return { headers: {}, expiresAt: null }; // the socket signs instead
      },
      WebSocket: signingSocket(url, caller),
    };
  };
  return {
    chosen: createChangeable<Caller>({ kind: isSignedIn ? 'person' : 'API key' }),
    signIn,
    headersFor: async (caller, post, apiKey) => {
      if (caller.kind === 'API key') return { ...post.headers, 'x-api-key': apiKey };
      if (caller.kind === 'person') return { ...post.headers, authorization: await token() };
      refuseEmpty(caller);
      return sign(post, caller);
    },
    appSyncFor: (caller, apiKey) => {
      const identity = { ...caller, apiKey, subject: signIn?.current().person?.subject };
      const name = JSON.stringify(identity);
      const known = services.get(name) ?? createAppSync(environmentOf(caller, apiKey));
      services.set(name, known);
      return known;
    },
  };
}

/** @throws Unauthorized */
function refuseEmpty({ accessKeyId, secretAccessKey }: Credentials): void {
  if (accessKeyId === '' || secretAccessKey === '') throw new Unauthorized('Unauthorized', NO_CREDENTIALS);
}
