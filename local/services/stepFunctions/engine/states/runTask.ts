import { isObject } from '../../../../ground/json.ts';
import type { Resource, TaskState } from '../../definition/definition.ts';
import { QueryEvaluationError } from '../../definition/template.ts';
import { bindingsOf, evaluateInteger, evaluateText, SECONDS } from '../transitions/bindings.ts';
import type { Request, Thread } from '../records/execution.ts';
import { whileExecuting } from '../transitions/failState.ts';
import { checkSize, runtimeFailure, StateFailed } from '../transitions/failure.ts';
import { inputOf, recordEvent, type Step } from '../transitions/step.ts';
import { hideToken } from '../records/taskTokens.ts';

const MILLISECONDS = 1000;

/** Schedules an attempt of a Task: its Lambda is invoked when this step is on disk. */
export function runTask(step: Step, thread: Thread, state: TaskState): void {
  const { execution } = step;
  const { resource } = state;
  const generation = execution.generations + 1;
  const waits = resource.kind === 'invoke' && resource.waitsForToken;
  const token = waits ? step.tokenOf(generation) : null;
  const bindings = bindingsOf(step, thread, token === null ? {} : { token });
  const text = evaluateText(state.arguments, bindings, inputOf(step, thread));
  checkSize(state.name, text);
  const timeout = evaluateInteger(state.timeoutSeconds, bindings, SECONDS);
  const heartbeat = evaluateInteger(state.heartbeatSeconds, bindings, SECONDS);
  checkHeartbeat(state, timeout, heartbeat);
  const request = requestOf(resource, text, thread);
  execution.generations = generation;
  thread.generation = generation;
  thread.request = { ...request, payload: hideToken(request.payload, token) };
  thread.phase = 'invoking';
  setDeadlines(step, thread, { timeout, heartbeat, waits });
  recordScheduled(step, thread, { resource, text: hideToken(text, token), timeout, heartbeat });
  step.scheduled.push(thread);
}

/** A task that times out before its heartbeat is missed has a heartbeat for nothing. */
function checkHeartbeat({ heartbeatSeconds }: TaskState, timeout: number | null, heartbeat: number | null) {
  if (heartbeatSeconds === null || timeout === null || heartbeat === null || heartbeat < timeout) return;
  throw new QueryEvaluationError(
    `HeartbeatSeconds (${heartbeat}) must be smaller than TimeoutSeconds (${timeout}).`,
    heartbeatSeconds.location,
  );
}

type Limits = { readonly timeout: number | null; readonly heartbeat: number | null; readonly waits: boolean };

/** A task that waits for a callback is timed from when its attempt was due. A running function is timed from now. */
function setDeadlines(step: Step, thread: Thread, { timeout, heartbeat, waits }: Limits): void {
  if (timeout !== null) {
    thread.due = (waits ? step.now : step.actual) + timeout * MILLISECONDS;
    if (!waits) thread.timeoutMilliseconds = timeout * MILLISECONDS;
  }
  if (heartbeat !== null && waits) {
    thread.heartbeatMilliseconds = heartbeat * MILLISECONDS;
    thread.heartbeatDue = step.now + thread.heartbeatMilliseconds;
  }
}

type Scheduled = {
  readonly resource: Resource;
  readonly text: string;
  readonly timeout: number | null;
  readonly heartbeat: number | null;
};

function recordScheduled(
  step: Step,
  thread: Thread,
  { resource, text, timeout, heartbeat }: Scheduled,
): void {
  const limits = timeout === null ? {} : { timeoutInSeconds: timeout };
  if (resource.kind === 'function') {
    const details = { input: text, resource: resource.arn, ...limits };
    recordEvent(step, thread, { type: 'LambdaFunctionScheduled', details });
    return;
  }
  const details = {
    parameters: text,
    ...limits,
    ...(heartbeat === null ? {} : { heartbeatInSeconds: heartbeat }),
    ...(resource.waitsForToken ? { token: thread.generation } : {}),
  };
  recordEvent(step, thread, { type: 'TaskScheduled', details });
}

/** Says in the history that the Lambdas of a step have begun. */
export function recordStarted(step: Step, thread: Thread, { resource }: TaskState): void {
  if (resource.kind === 'function') recordEvent(step, thread, { type: 'LambdaFunctionStarted' });
  else
    recordEvent(step, thread, { type: 'TaskStarted', details: resource.waitsForToken ? { token: 1 } : {} });
}

function requestOf(resource: Resource, text: string, thread: Thread): Request {
  if (resource.kind === 'function') return { functionName: resource.arn, payload: text, isEvent: false };
  const parameters: unknown = JSON.parse(text);
  const fields = isObject(parameters) ? parameters : {};
  const { FunctionName: name, InvocationType: type = 'RequestResponse', Qualifier: qualifier } = fields;
  if (name === undefined) throw refused(thread, "The field 'FunctionName' is required but was missing");
  if (typeof name !== 'string') throw refused(thread, "The field 'FunctionName' must be a string");
  if (type !== 'RequestResponse' && type !== 'Event') {
    throw refused(thread, "The field 'InvocationType' must be 'RequestResponse' or 'Event'");
  }
  return {
    functionName: typeof qualifier === 'string' ? `${name}:${qualifier}` : name,
    payload: payloadOf(fields['Payload']),
    isEvent: type === 'Event',
  };
}

function refused(thread: Thread, problem: string): StateFailed {
  return new StateFailed(runtimeFailure(`${whileExecuting(thread)} ${problem}`));
}

/** A text is sent as it is: it must be JSON itself. */
function payloadOf(payload: unknown): string {
  if (payload === undefined || payload === null) return '{}';
  return typeof payload === 'string' ? payload : JSON.stringify(payload);
}
