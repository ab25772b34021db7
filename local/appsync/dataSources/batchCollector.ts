import type { Lambda } from '../../lambda/lambda.ts';
import { invokeLambda } from './invokeLambda.ts';
import { answered, failed, type SourceAnswer } from './sourceAnswer.ts';

type Item = { readonly payload: unknown; readonly resolve: (answer: SourceAnswer) => void };

export type BatchRequest = {
  readonly functionArn: string;
  /** Type and field: only calls of the same resolver share an invocation. */
  readonly resolver: string;
  readonly maxBatchSize: number;
  readonly payload: unknown;
};

/** Collects the calls that one request makes at a time and sends them as lists. */
export type BatchCollector = { readonly call: (request: BatchRequest) => Promise<SourceAnswer> };

export function createBatchCollector(lambda: Lambda): BatchCollector {
  const waiting = new Map<string, Item[]>();

  function flush(key: string, { functionArn, maxBatchSize }: BatchRequest): void {
    const items = waiting.get(key) ?? [];
    waiting.delete(key);
    const size = Math.max(1, maxBatchSize);
    for (let from = 0; from < items.length; from += size)
      void send(lambda, functionArn, items.slice(from, from + size));
  }

  return {
    call: (request) =>
      new Promise((resolve) => {
        const key = `${request.resolver} ${request.functionArn}`;
        const items = waiting.get(key);
        const item = { payload: request.payload, resolve };
        if (items !== undefined) return void items.push(item);
        waiting.set(key, [item]);
        setImmediate(() => flush(key, request));
      }),
  };
}

async function send(lambda: Lambda, functionArn: string, items: readonly Item[]): Promise<void> {
  const { result, error } = await invokeLambda(
    lambda,
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
  if (typeof item !== 'object' || item === null) return answered(item);
  const keys = Object.keys(item);
  if (keys.length === 0 || !keys.every((key) => WRAPPER_KEYS.includes(key))) return answered(item);
  const { data, errorMessage, errorType } = item as Readonly<Record<string, unknown>>;
  const hasError = typeof errorMessage === 'string' || typeof errorType === 'string';
  return {
    result: data ?? null,
    error: hasError
      ? { message: String(errorMessage ?? ''), type: String(errorType ?? 'Lambda:Unhandled') }
      : null,
  };
}
