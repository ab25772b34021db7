import { FieldError } from '../errors.ts';
import type { GraphQLErrorData, HandlerName, HandlerOutcome } from '../javascript/evaluator.ts';
import { appendError } from './appendError.ts';
import { addResponseHeaders } from './responseHeaders.ts';
import { applyExtension } from './applyExtension.ts';
import { endOf, type Finished, type Handlers } from './handlers.ts';
import { MAX_RESULT_BYTES } from '../limits.ts';
import { selectedOnly } from './selection.ts';
import type { FieldCall } from './execution.ts';

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

/** Runs a handler, takes over what it left, and throws FieldError when it ended with an error. */
export async function runHandler(
  run: ResolverRun,
  { handlers, name }: { readonly handlers: Handlers; readonly name: HandlerName },
  input: HandlerInput,
): Promise<Finished> {
  return settle(run, name, await handlers.call(name, contextOf(run, input)));
}

/** Both handlers of a unit resolver whose data source answers with the payload, in one go. */
export async function runUnitHandlers(run: ResolverRun, handlers: Handlers): Promise<Finished> {
  const { request, response } = await handlers.runUnit(contextOf(run, { prev: null }));
  const requestEnd = settle(run, 'request', request);
  return response === null ? requestEnd : settle(run, 'response', response);
}

function contextOf(run: ResolverRun, { prev, result = null, error = null }: HandlerInput) {
  return { ...run.base, stash: run.stash, prev: { result: prev }, result, error };
}

function settle(run: ResolverRun, handler: HandlerName, outcome: HandlerOutcome): Finished {
  const { execution, info } = run.call;
  for (const line of outcome.logs) execution.onLog(`${info.parentType.name}.${info.fieldName}`, line);
  if ('value' in outcome) refuseLarge(outcome.value);
  const { remains, end } = endOf(outcome);
  run.stash = JSON.parse(remains.stash);
  for (const appended of remains.appended) appendError(run.call, fieldErrorOf(run.call, appended));
  for (const extension of remains.extensions) applyExtension({ extension, handler, execution, info });
  addResponseHeaders(run.call, remains.responseHeaders);
  if (!('value' in end)) throw fieldErrorOf(run.call, end);
  return end;
}

/** `data` shows only what the query selects; `errorInfo` is shown whole. */
function fieldErrorOf(
  { info: field }: FieldCall,
  { message, type, data, info }: GraphQLErrorData,
): FieldError {
  return new FieldError({ message, errorType: type, data: selectedOnly(data, field), errorInfo: info });
}

function refuseLarge(text: string): void {
  if (Buffer.byteLength(text) <= MAX_RESULT_BYTES) return;
  throw new FieldError({
    message: 'The evaluated result of the resolver is larger than 5 MB.',
    errorType: 'MappingTemplate',
  });
}
