import { compactJson, isObject } from '../../../../ground/json.ts';
import type { Template } from '../../definition/template.ts';
import { bindingsOf, evaluateText, type Extra } from './bindings.ts';
import { closeExecution } from './closeExecution.ts';
import { parentOf, type Thread } from '../records/execution.ts';
import { checkSize, dataLimitExceeded, StateFailed } from './failure.ts';
import { continueThread, recordEvent, setInput, stateOf, type Step } from './step.ts';

export type Exit = {
  readonly next: string | null;
  readonly output: Template | null;
  readonly assign: Template | null;
  /** The output when the state names none. */
  readonly fallback: string;
  readonly extra?: Extra;
};

/** Leaves a state: evaluates its Output and its Assign with the variables as they were, and goes to what is next. */
export function leaveState(
  step: Step,
  thread: Thread,
  { next, output, assign, fallback, extra }: Exit,
): void {
  const bindings = bindingsOf(step, thread, extra);
  const text = evaluateText(output, bindings, fallback);
  const assigned = assign === null ? null : parseAssigned(assign.evaluate(bindings));
  const { name, type } = stateOf(step, thread);
  checkSize(name, text);
  const texts = assigned === null ? {} : textsOf(assigned);
  checkVariables(name, texts, { ...thread.variables, ...assigned });
  const details = {
    name,
    output: text,
    ...(Object.keys(texts).length === 0 ? {} : { assignedVariables: texts }),
  };
  if (type !== 'Fail') recordEvent(step, thread, { type: `${type}StateExited`, details });
  if (assigned !== null) thread.variables = { ...thread.variables, ...assigned };
  if (next === null) {
    finish(step, thread, text);
    return;
  }
  thread.state = next;
  thread.phase = 'enter';
  setInput(step, thread, text);
  forgetAttempts(thread);
  continueThread(step, thread);
}

/** All variables of an execution that are in scope. */
const MAX_VARIABLES_BYTES = 10 * 1024 * 1024;

/** One Assign carries as much as an output does; all variables together have a limit of their own. */
function checkVariables(name: string, texts: Readonly<Record<string, string>>, all: object): void {
  const assigned = Object.values(texts);
  if (assigned.length === 0) return;
  checkSize(name, assigned.join(''));
  if (Buffer.byteLength(JSON.stringify(all)) <= MAX_VARIABLES_BYTES) return;
  throw new StateFailed(dataLimitExceeded(name));
}

function parseAssigned(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function textsOf(variables: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, JSON.stringify(value)]));
}

/** Forgets what belongs to one visit of one state. */
export function forgetAttempts(thread: Thread): void {
  delete thread.retries;
  delete thread.attempts;
  delete thread.request;
  delete thread.children;
  forgetDeadlines(thread);
}

export function forgetDeadlines(thread: Thread): void {
  delete thread.due;
  delete thread.timeoutMilliseconds;
  delete thread.heartbeatDue;
  delete thread.heartbeatMilliseconds;
}

/** A thread came to the end of its machine, branch or iteration. */
function finish(step: Step, thread: Thread, output: string): void {
  const { execution } = step;
  const parent = parentOf(execution, thread);
  if (parent?.children === undefined) {
    closeExecution(step, { status: 'SUCCEEDED', output, previous: thread.last });
    return;
  }
  const { children } = parent;
  execution.threads = execution.threads.filter((one) => one !== thread);
  children.results[thread.index] = compactJson(output);
  children.running -= 1;
  children.last = thread.last;
  parent.last = thread.last;
  const { name, type } = stateOf(step, parent);
  if (type === 'Map') {
    parent.last = recordEvent(step, thread, {
      type: 'MapIterationSucceeded',
      details: { name, index: thread.index },
    });
  }
  parent.phase = 'children';
  continueThread(step, parent);
}
