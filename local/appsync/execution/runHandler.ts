import { FieldError } from '../errors.ts';
import { applyExtension } from './applyExtension.ts';
import { fieldError, locationsOf } from './formatError.ts';
import type { HandlerEnd, HandlerError, HandlerName, Handlers } from './handlerRuntime.ts';
import { pathOf } from './path.ts';
import type { FieldCall } from './resolverContext.ts';
import { selectedOnly } from './selection.ts';

/** One run of a resolver: what its handlers share. */
export type ResolverRun = {
  readonly call: FieldCall;
  readonly base: Readonly<Record<string, unknown>>;
  stash: unknown;
};

/** What differs from handler to handler. */
export type HandlerInput = {
  readonly prev: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string; readonly type: string } | null;
};

export type Finished = Exclude<HandlerEnd, { kind: 'error' }>;

const LARGEST_RESULT_BYTES = 5 * 1_048_576;

/** Runs a handler, takes over what it left, and throws FieldError when it ended with an error. */
export function runHandler(
  run: ResolverRun,
  { handlers, name }: { readonly handlers: Handlers; readonly name: HandlerName },
  { prev, result = null, error = null }: HandlerInput,
): Finished {
  const context = { ...run.base, stash: run.stash, prev: { result: prev }, result, error };
  const outcome = handlers.call(name, context);
  run.stash = outcome.stash;
  const { execution, info } = run.call;
  for (const appended of outcome.appended) execution.appended.push(shaped(run.call, appended));
  for (const extension of outcome.extensions) applyExtension({ extension, handler: name, execution, info });
  Object.assign(execution.responseHeaders, outcome.responseHeaders);
  if (outcome.end.kind === 'error') throw fieldErrorOf(run.call, outcome.end.error);
  refuseLarge(outcome.end.value);
  return outcome.end;
}

function shaped(call: FieldCall, error: HandlerError) {
  const [node] = call.info.fieldNodes;
  const token = node?.loc?.startToken;
  const locations = token ? [{ line: token.line, column: token.column }] : [];
  return fieldError(fieldErrorOf(call, error), pathOf(call.info), locationsOf({ locations }));
}

function fieldErrorOf({ info }: FieldCall, error: HandlerError): FieldError {
  return new FieldError({ ...error, data: selectedOnly(error.data, info) });
}

function refuseLarge(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (Buffer.byteLength(JSON.stringify(value)) <= LARGEST_RESULT_BYTES) return;
  throw new FieldError({
    message: 'The evaluated result of the resolver is larger than 5 MB.',
    errorType: 'MappingTemplate',
  });
}
