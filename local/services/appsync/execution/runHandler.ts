import { FieldError } from '../errors.ts';
import type { GraphQLErrorData, HandlerName, HandlerOutcome } from '../javascript/evaluator.ts';
import { applyExtension } from './applyExtension.ts';
import { fieldError, locationsOf } from './formatError.ts';
import { endOf, type Finished, type Handlers } from './handlers.ts';
import { LIMITS } from '../limits.ts';
import { selectedOnly } from './selection.ts';
import type { GraphQLResolveInfo } from 'graphql';
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
  for (const appended of remains.appended) execution.appended.push(shaped(run.call, appended));
  for (const extension of remains.extensions) applyExtension({ extension, handler, execution, info });
  Object.assign(execution.responseHeaders, sendable(remains.responseHeaders));
  if (!('value' in end)) throw fieldErrorOf(run.call, end);
  return end;
}

function shaped(call: FieldCall, error: GraphQLErrorData) {
  const token = call.info.fieldNodes[0]?.loc?.startToken;
  const locations = token ? [{ line: token.line, column: token.column }] : [];
  return fieldError(fieldErrorOf(call, error), pathOf(call.info), locationsOf({ locations }));
}

/** `data` shows only what the query selects; `errorInfo` is shown whole. */
function fieldErrorOf(
  { info: field }: FieldCall,
  { message, type, data, info }: GraphQLErrorData,
): FieldError {
  return new FieldError({ message, errorType: type, data: selectedOnly(data, field), errorInfo: info });
}

/** Headers that frame the response are the server's own; the others AWS's documentation of `util.http` forbids. */
const FORBIDDEN =
  /^(?:content-length|content-type|transfer-encoding|trailer|te|upgrade|keep-alive|connection|date|host|vary|access-control-.*|x-amzn-.*|x-amz-.*)$/i;

function sendable(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name, value]) =>
        /^[A-Za-z0-9-]+$/.test(name) && !FORBIDDEN.test(name) && /^[\t -~]*$/.test(String(value)),
    ),
  );
}

function refuseLarge(text: string): void {
  if (Buffer.byteLength(text) <= LIMITS['bytes of a result']) return;
  throw new FieldError({
    message: 'The evaluated result of the resolver is larger than 5 MB.',
    errorType: 'MappingTemplate',
  });
}

function pathOf({ path }: Pick<GraphQLResolveInfo, 'path'>): readonly (string | number)[] {
  const parts: (string | number)[] = [];
  for (let step: GraphQLResolveInfo['path'] | undefined = path; step !== undefined; step = step.prev)
    parts.unshift(step.key);
  return parts;
}
