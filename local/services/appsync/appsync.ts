import type { Duplex } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import type { HttpHandler } from '../../wire/httpMessage.ts';
import type { TokenProvider } from './access/tokenProvider.ts';

/** The authorization modes of an API. */
export const AUTH_MODES = ['API_KEY', 'AWS_IAM', 'OPENID_CONNECT', 'AMAZON_COGNITO_USER_POOLS'] as const;
export type AuthMode = (typeof AUTH_MODES)[number];

export type DataSourceDefinition =
  | { readonly name: string; readonly type: 'NONE' }
  | { readonly name: string; readonly type: 'AWS_LAMBDA'; readonly functionArn: string };

/** `file` names where the code comes from in messages: the asset or the logical id. */
export type CodeDefinition = { readonly text: string; readonly file: string };

export type FunctionConfigurationDefinition = {
  readonly id: string;
  readonly name: string;
  readonly dataSource: string;
  readonly code: CodeDefinition;
  readonly maxBatchSize: number;
};

export type ResolverDefinition = {
  readonly typeName: string;
  readonly fieldName: string;
  /** UNIT: a data source; `code: null` is a direct Lambda resolver. PIPELINE: code and function ids in order. */
  readonly kind: 'UNIT' | 'PIPELINE';
  readonly dataSource: string | null;
  readonly functions: readonly string[];
  readonly code: CodeDefinition | null;
  readonly maxBatchSize: number;
};

export type ApiDefinition = {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly schema: string;
  readonly defaultAuth: AuthMode;
  readonly additionalAuth: readonly AuthMode[];
  /** One for each mode that takes tokens, in the template's order. */
  readonly tokenProviders: readonly TokenProvider[];
  /** `expires` is milliseconds since 1970, or null. */
  readonly apiKeys: readonly { readonly key: string; readonly expires: number | null }[];
  readonly queryDepthLimit: number | null;
  readonly resolverCountLimit: number | null;
  readonly introspection: boolean;
  readonly environment: Readonly<Record<string, string>>;
  readonly dataSources: readonly DataSourceDefinition[];
  readonly functions: readonly FunctionConfigurationDefinition[];
  readonly resolvers: readonly ResolverDefinition[];
};

export type AppSync = {
  /** Loads an API; throws one sentence with file, line and rule for a construct that AppSync refuses. */
  readonly define: (api: ApiDefinition) => Promise<void>;
  /** POST, GET and OPTIONS of `/graphql`. */
  readonly handle: HttpHandler;
  /** The WebSocket upgrade of `/graphql/realtime` (also accepted on `/graphql`). Host and Origin were checked. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Closes every connection. */
  readonly stop: () => Promise<void>;
};
