import type { Caller } from '../access/caller.ts';
import type { Filter } from '../filters/filter.ts';
import type { OnHandlerLog } from './handlers.ts';
import type { ErrorShape } from './formatError.ts';
import { type BatchCollector, createBatchCollector } from '../dataSources/batchCollector.ts';
import type { GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import { randomUUID } from 'node:crypto';
import type { Lambda } from '../../lambda/lambda.ts';
import type { InvokeFunction } from '../dataSources/invokeLambda.ts';
import type { Authenticate } from '../access/authenticate.ts';
import type { ApiDefinition } from '../appsync.ts';
import type { DocumentCache } from '../documents/documentCache.ts';
import type { AccessRule } from '../schema/authRules.ts';

export type CallerHeaders = Readonly<Record<string, string | string[] | undefined>>;

export type Invalidation = { readonly field: string; readonly payload: Readonly<Record<string, unknown>> };

/** One request while it runs: what its resolvers share. */
export type Execution = {
  readonly api: LoadedApi;
  /** In the answer it is `x-amzn-requestid`. */
  readonly requestId: string;
  readonly caller: Caller;
  readonly headers: CallerHeaders;
  /** Variables as the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly invoke: InvokeFunction;
  readonly batches: BatchCollector;
  /** What `util.appendError` added, already in AppSync's shape. */
  readonly appended: ErrorShape[];
  readonly invalidations: Invalidation[];
  readonly responseHeaders: Record<string, string>;
  /** Of all headers that resolvers gave, also those that were not taken. */
  responseHeaderBytes: number;
  readonly subscription: { filter: Filter | null; invalidation: Filter | null };
  readonly onLog: OnHandlerLog;
  resolversRun: number;
};

export type ExecutionOptions = {
  readonly caller: Caller;
  readonly headers: CallerHeaders;
  readonly variables: Readonly<Record<string, unknown>>;
};

export function createExecution(api: LoadedApi, options: ExecutionOptions): Execution {
  const requestId = randomUUID();
  const invoke: InvokeFunction = async (functionArn, payload) => {
    const invocation = await api.lambda.invoke(functionArn, payload);
    api.onInvoked?.(requestId, invocation.requestId);
    return invocation;
  };
  return {
    api,
    ...options,
    requestId,
    invoke,
    batches: createBatchCollector(invoke),
    appended: [],
    invalidations: [],
    responseHeaders: {},
    responseHeaderBytes: 0,
    subscription: { filter: null, invalidation: null },
    onLog: (source, line) => api.onLog(source, line, requestId),
    resolversRun: 0,
  };
}

/** What sets a field apart from reading a property of its parent. */
export type FieldPlan = {
  readonly rules: readonly AccessRule[];
  readonly resolver: LoadedResolver | null;
};

/** A request to AppSync has invoked a function, and that has answered. */
export type OnInvoked = (requestId: string, invocationId: string) => void;

/** An API that was checked and is ready to answer. */
export type LoadedApi = {
  readonly definition: ApiDefinition;
  readonly lambda: Lambda;
  readonly authenticate: Authenticate;
  readonly onLog: OnHandlerLog;
  readonly onInvoked?: OnInvoked | undefined;
  /** Null for an API without a schema. */
  readonly graphql: {
    readonly schema: GraphQLSchema;
    readonly documents: DocumentCache;
    /** By type and field; fields that everyone may read and no resolver answers are left out. */
    readonly plans: ReadonlyMap<string, ReadonlyMap<string, FieldPlan>>;
    /** The subscription fields that a mutation field triggers. */
    readonly triggers: ReadonlyMap<string, readonly string[]>;
  } | null;
};

/** One field being resolved. */
export type FieldCall = {
  readonly source: unknown;
  readonly args: Readonly<Record<string, unknown>>;
  readonly execution: Execution;
  readonly info: GraphQLResolveInfo;
};

export type LoadedResolver = (call: FieldCall) => Promise<unknown>;
