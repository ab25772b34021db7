import type { Caller } from '../access/caller.ts';
import { createBatchCollector } from '../dataSources/batchCollector.ts';
import type { LoadedApi } from '../loadedApi.ts';
import type { CallerHeaders, Execution } from './execution.ts';

export type ExecutionOptions = {
  readonly caller: Caller;
  readonly headers: CallerHeaders;
  readonly variables: Readonly<Record<string, unknown>>;
};

export function createExecution(api: LoadedApi, options: ExecutionOptions): Execution {
  return {
    api,
    ...options,
    batches: createBatchCollector(api.lambda),
    appended: [],
    invalidations: [],
    responseHeaders: {},
    subscription: { filter: null, invalidation: null },
    onLog: api.onLog,
    resolversRun: 0,
  };
}
