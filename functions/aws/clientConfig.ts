import { environment } from './environment.ts';
import { defaultProvider } from './environmentCredentials.ts';
import { NodeSha256 } from './nodeSha256.ts';

type Client = { readonly middlewareStack: { readonly remove: (name: string) => boolean } };

/**
 * Removes the SDK's log of calls. It filters every input and every answer even where no logger is set, which takes 6 % of a
 * call's processor time.
 */
export function withoutCallLog<C extends Client>(client: C): C {
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}

/** Rule 9 (docs/protocol.md): 3 attempts of 3 s each stay within a Lambda's 10 s. */
export const clientConfig = () => ({
  region: environment('AWS_REGION'),
  credentials: defaultProvider(),
  maxAttempts: 3,
  // A fifth of a call's processor time: the clients never change their middleware, and sign by Node's own keys.
  cacheMiddleware: true,
  sha256: NodeSha256,
  requestHandler: {
    requestTimeout: 3000,
    throwOnRequestTimeout: true,
    connectionTimeout: 3000,
    httpAgent: { keepAlive: true, maxSockets: 128 },
    httpsAgent: { keepAlive: true, maxSockets: 128 },
  },
});
