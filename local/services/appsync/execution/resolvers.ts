import type { DataSourceDefinition } from '../appsync.ts';
import { callDataSource } from '../dataSources/callDataSource.ts';
import { invokeLambda, type SourceAnswer } from '../dataSources/invokeLambda.ts';
import { FieldError } from '../errors.ts';
import type { Finished, Handlers } from './handlers.ts';
import { directEvent, resolverContext } from './resolverContext.ts';
import { type ResolverRun, runHandler, runUnitHandlers } from './runHandler.ts';
import type { FieldCall, LoadedResolver } from './execution.ts';

/** Code together with the data source that it asks. */
export type Step = {
  readonly handlers: Handlers;
  readonly source: DataSourceDefinition;
  readonly maxBatchSize: number;
  /** Names the step among all: batches never mix steps. */
  readonly name: string;
};

export type DirectLambda = {
  readonly functionArn: string;
  readonly maxBatchSize: number;
  readonly name: string;
};

/** request -> data source -> response. */
export function unitResolver(step: Step): LoadedResolver {
  return async (call) => {
    const run = begin(call);
    if (step.source.type === 'NONE') return (await runUnitHandlers(run, step.handlers)).value;
    return (await runStep(run, step, null)).value;
  };
}

/** before -> (request -> data source -> response) for each function -> after. */
export function pipelineResolver(handlers: Handlers, steps: readonly Step[]): LoadedResolver {
  return async (call) => {
    const run = begin(call);
    const before = await runHandler(run, { handlers, name: 'request' }, { prev: null });
    let prev = before.value;
    if (before.kind !== 'earlyReturn') {
      for (const step of steps) {
        const after = await runStep(run, step, prev);
        prev = after.value;
        if (after.end) break;
      }
    }
    return (await runHandler(run, { handlers, name: 'response' }, { prev, result: prev })).value;
  };
}

/** No code: the function gets the whole context, and its failure is the field's. */
export function directLambdaResolver(direct: DirectLambda): LoadedResolver {
  return async (call) => {
    const { result, error } = await callDirect(direct, call);
    if (error !== null) throw new FieldError({ message: error.message, errorType: error.type });
    return result;
  };
}

function callDirect(
  { functionArn, maxBatchSize, name }: DirectLambda,
  call: FieldCall,
): Promise<SourceAnswer> {
  const { invoke, batches } = call.execution;
  const event = directEvent(call);
  if (maxBatchSize === 0) return invokeLambda(invoke, functionArn, event);
  return batches.call({ functionArn, resolver: name, maxBatchSize, payload: event });
}

function begin(call: FieldCall): ResolverRun {
  return { call, base: resolverContext(call), stash: {} };
}

type StepEnd = { readonly value: unknown; readonly end: boolean };

async function runStep(run: ResolverRun, step: Step, prev: unknown): Promise<StepEnd> {
  const { handlers } = step;
  const request = await runRequest(run, step, prev);
  if ('skipTo' in request) return { value: request.value, end: request.skipTo === 'END' };
  const answer = await request.answer;
  const done = await runHandler(run, { handlers, name: 'response' }, { prev, ...answer });
  return { value: done.value, end: done.kind === 'earlyReturn' && done.skipTo === 'END' };
}

type RequestEnd = Finished | { readonly answer: Promise<SourceAnswer> };

/** The request handler and the data source's call; a batch waits for the handlers that may still join it. */
async function runRequest(run: ResolverRun, step: Step, prev: unknown): Promise<RequestEnd> {
  const { handlers, name } = step;
  const mayBatch = step.source.type === 'AWS_LAMBDA'; // what the handler asks for is not known yet
  const arrived = mayBatch ? run.call.execution.batches.expect(name) : null;
  try {
    const request = await runHandler(run, { handlers, name: 'request' }, { prev });
    return request.kind === 'earlyReturn' ? request : { answer: ask(run, step, request.value) };
  } finally {
    arrived?.();
  }
}

function ask(
  run: ResolverRun,
  { source, name, maxBatchSize }: Step,
  request: unknown,
): Promise<SourceAnswer> {
  const { api, invoke, batches } = run.call.execution;
  const { lambda } = api;
  return callDataSource({ source, request, resolver: name, maxBatchSize, lambda, invoke, batches });
}
