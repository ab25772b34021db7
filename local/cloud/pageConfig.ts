import { REGION } from '../ground/account.ts';
import type { AssetRequest } from '../wire/createAssets.ts';
import type { EvaluatedStack } from './assembly/evaluateStacks.ts';
import { apiKeysOf } from './outputsFile.ts';
import { ISSUER_PATH } from './people/createIssuer.ts';
import type { Person } from './people/person.ts';
import { signInOf } from './people/signInOf.ts';
import { tokenProvidersOf } from './provision/tokenProviders.ts';

export type PageConfig = {
  readonly port: number;
  readonly testControls: boolean;
  readonly people: readonly Person[];
  /** The name beside localhost that the cloud answers to. */
  readonly host: string | null;
};

/** What `/config.json` tells a page: where its API is, as seen from the page's own address. */
export function pageConfig(
  { port, testControls, people, host }: PageConfig,
  stacks: readonly EvaluatedStack[],
  request: AssetRequest,
): unknown {
  const base = addressFor(request, host) ?? `http://localhost:${port}`;
  const standIn = people.length === 0 ? null : `http://localhost:${port}${ISSUER_PATH}`;
  return {
    graphqlUrl: `${base}/graphql`,
    realtimeUrl: `${base.replace('http', 'ws')}/graphql/realtime`,
    apiKey: apiKeysOf(stacks)[0] ?? null,
    region: REGION,
    testControls,
    signIn: signInOf(stacks.flatMap(tokenProvidersOf), standIn),
    outputs: Object.assign({}, ...stacks.map(({ outputs }) => outputs)),
  };
}

/** Null for a page from localhost. A proxy in front, as dev containers have it, may serve over TLS. */
function addressFor({ headers }: AssetRequest, host: string | null): string | null {
  if (host === null || headers.host === undefined) return null;
  if (headers.host.replace(/:\d+$/, '').toLowerCase() !== host) return null;
  return `${headers['x-forwarded-proto'] === 'https' ? 'https' : 'http'}://${headers.host}`;
}
