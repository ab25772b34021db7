import { isObject } from '../../../ground/json.ts';
import { answered, failed, invokeLambda, type InvokeFunction, type SourceAnswer } from './invokeLambda.ts';

/** What AppSync sends in one BatchInvoke where MaxBatchSize says nothing. */
const DEFAULT_BATCH_SIZE = 5;

type Item = { readonly payload: unknown; readonly resolve: (answer: SourceAnswer) => void };

export type BatchRequest = {
  readonly functionArn: string;
  /** Type and field, and which function of a pipeline: only calls of the same code share an invocation. */
  readonly resolver: string;
  readonly maxBatchSize: number;
  readonly payload: unknown;
};

/** Collects the calls that one request makes at a time and sends them as lists. */
export type BatchCollector = {
  /** Says that a call of this resolver may follow; the batch waits until the returned function is called. */
  readonly expect: (resolver: string) => () => void;
  readonly call: (request: BatchRequest) => Promise<SourceAnswer>;
};

type Batch = { readonly request: BatchRequest; readonly items: Item[] };

export function createBatchCollector(invoke: InvokeFunction): BatchCollector {
  const waiting = new Map<string, Batch>();
  const expected = new Map<string, number>();

  function flush(resolver: string): void {
    const batch = waiting.get(resolver);
    if (batch === undefined || (expected.get(resolver) ?? 0) > 0) return;
    waiting.delete(resolver);
    const { request, items } = batch;
    const { functionArn, maxBatchSize } = request;
    const size = maxBatchSize === 0 ? DEFAULT_BATCH_SIZE : maxBatchSize;
    for (let from = 0; from < items.length; from += size)
      void send(invoke, functionArn, items.slice(from, from + size));
  }

  return {
    expect: (resolver) => {
      expected.set(resolver, (expected.get(resolver) ?? 0) + 1);
      return () => {
        expected.set(resolver, (expected.get(resolver) ?? 1) - 1);
        flush(resolver);
      };
    },
    call: (request) =>
      new Promise((resolve) => {
        const { resolver, payload } = request;
        const batch = waiting.get(resolver);
        if (batch !== undefined) return void batch.items.push({ payload, resolve });
        waiting.set(resolver, { request, items: [{ payload, resolve }] });
        setImmediate(() => flush(resolver));
      }),
  };
}

async function send(invoke: InvokeFunction, functionArn: string, items: readonly Item[]): Promise<void> {
  const { result, error } = await invokeLambda(
    invoke,
    functionArn,
    items.map(({ payload }) => payload),
  );
  const results = Array.isArray(result) ? result : [];
  const fits = Array.isArray(result) && results.length === items.length;
  const mismatch = failed(
    `A batch of ${items.length} needs a list of as many results from the function.`,
    'Lambda:IllegalArgument',
  );
  for (const [index, { resolve }] of items.entries()) {
    if (error !== null) resolve({ result: null, error });
    else resolve(fits ? itemAnswer(results[index]) : mismatch);
  }
}

const WRAPPER_KEYS = ['data', 'errorMessage', 'errorType'];

/** An item may be the value itself or `{data, errorMessage, errorType}`. */
function itemAnswer(item: unknown): SourceAnswer {
  if (!isObject(item)) return answered(item);
  const keys = Object.keys(item);
  if (keys.length === 0 || !keys.every((key) => WRAPPER_KEYS.includes(key))) return answered(item);
  const { data, errorMessage, errorType } = item;
  const hasError = typeof errorMessage === 'string' || typeof errorType === 'string';
  return {
    result: data ?? null,
    error: hasError
      ? { message: String(errorMessage ?? ''), type: String(errorType ?? 'Lambda:Unhandled') }
      : null,
  };
}
