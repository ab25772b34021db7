import type { Caller } from '../access/caller.ts';
import type { LoadedApi } from '../loadedApi.ts';
import type { Filter } from '../filters/filter.ts';
import type { OnHandlerLog } from './handlers.ts';
import type { ErrorShape } from './formatError.ts';
import type { BatchCollector } from '../dataSources/batchCollector.ts';

export type CallerHeaders = Readonly<Record<string, string | string[] | undefined>>;

export type Invalidation = { readonly field: string; readonly payload: Readonly<Record<string, unknown>> };

/** One request while it runs: what its resolvers share. */
export type Execution = {
  readonly api: LoadedApi;
  readonly caller: Caller;
  readonly headers: CallerHeaders;
  /** Variables as the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly batches: BatchCollector;
  /** What `util.appendError` added, already in AppSync's shape. */
  readonly appended: ErrorShape[];
  readonly invalidations: Invalidation[];
  readonly responseHeaders: Record<string, string>;
  readonly subscription: { filter: Filter | null; invalidation: Filter | null };
  readonly onLog: OnHandlerLog;
  resolversRun: number;
};
