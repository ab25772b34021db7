import type { GraphQLSchema } from 'graphql';
import type { Lambda } from '../lambda/lambda.ts';
import type { Authenticate } from './access/authenticate.ts';
import type { ApiDefinition, AuthMode } from './appsync.ts';
import type { DocumentCache } from './documents/documentCache.ts';
import type { OnHandlerLog } from './execution/handlers.ts';
import type { LoadedResolver } from './execution/resolvers.ts';

/** What sets a field apart from reading a property of its parent. */
export type FieldPlan = {
  readonly modes: readonly AuthMode[];
  readonly resolver: LoadedResolver | null;
};

/** An API that was checked and is ready to answer. */
export type LoadedApi = {
  readonly definition: ApiDefinition;
  readonly lambda: Lambda;
  readonly authenticate: Authenticate;
  readonly onLog: OnHandlerLog;
  /** Null for an API without a schema. */
  readonly graphql: {
    readonly schema: GraphQLSchema;
    readonly documents: DocumentCache;
    /** By type and field; fields that everybody may read and no resolver answers are left out. */
    readonly plans: ReadonlyMap<string, ReadonlyMap<string, FieldPlan>>;
    /** The subscription fields that a mutation field triggers. */
    readonly triggers: ReadonlyMap<string, readonly string[]>;
  } | null;
};
