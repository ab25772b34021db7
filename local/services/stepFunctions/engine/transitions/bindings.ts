import { isObject } from '../../../../ground/json.ts';
import { type Bindings, QueryEvaluationError, type Template } from '../../definition/template.ts';
import { type Execution, parentOf, type Thread } from '../records/execution.ts';
import { inputOf, stateOf, type Step } from './step.ts';

export type Extra = {
  readonly result?: unknown;
  readonly errorOutput?: unknown;
  readonly token?: string;
  readonly item?: { readonly Index: number; readonly Value: unknown };
};

/** `$states` and the variables as a state's expressions see them, made when the first expression asks. */
export function bindingsOf(step: Step, thread: Thread, extra: Extra = {}): () => Bindings {
  let made: Bindings | null = null;
  return () => {
    made ??= { ...thread.variables, states: statesOf(step, thread, extra) };
    return made;
  };
}

function statesOf(step: Step, thread: Thread, extra: Extra): Readonly<Record<string, unknown>> {
  return {
    input: JSON.parse(inputOf(step, thread)),
    context: contextOf(step, thread, extra),
    ...('result' in extra ? { result: extra.result } : {}),
    ...('errorOutput' in extra ? { errorOutput: extra.errorOutput } : {}),
  };
}

function contextOf(step: Step, thread: Thread, { token, item }: Extra): Readonly<Record<string, unknown>> {
  const { execution } = step;
  const { revision } = execution;
  const isTask = stateOf(step, thread).type === 'Task';
  const mapItem = item ?? itemOf(execution, thread);
  return {
    Execution: {
      Id: execution.arn,
      Input: JSON.parse(execution.input),
      StartTime: isoTime(execution.started),
      Name: execution.name,
      RoleArn: revision.roleArn,
      RedriveCount: execution.redrives,
      ...(execution.redriven === null ? {} : { RedriveTime: isoTime(execution.redriven) }),
    },
    StateMachine: { Id: revision.machineArn, Name: revision.machineName },
    State: {
      Name: thread.state,
      EnteredTime: isoTime(thread.enteredAt),
      ...(isTask ? { RetryCount: thread.retries ?? 0 } : {}),
    },
    ...(token === undefined ? {} : { Task: { Token: token } }),
    ...(mapItem === undefined ? {} : { Map: { Item: mapItem } }),
  };
}

/** The item of the nearest Map around a thread. */
function itemOf(execution: Execution, thread: Thread): Extra['item'] {
  const parent = parentOf(execution, thread);
  if (parent === undefined) return undefined;
  const items = parent.children?.items ?? [];
  return thread.index < items.length
    ? { Index: thread.index, Value: items[thread.index] }
    : itemOf(execution, parent);
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** The JSON text of a field; what is absent falls back on a text. */
export function evaluateText(template: Template | null, bindings: () => Bindings, fallback: string): string {
  return template === null ? fallback : JSON.stringify(template.evaluate(bindings));
}

type Expected = 'array' | 'boolean' | 'number' | 'string';

/** The value of a field that must be of a type. Throws QueryEvaluationError, in AWS's words. */
export function evaluateTyped(template: Template, bindings: () => Bindings, expected: Expected): unknown {
  const value = template.evaluate(bindings);
  if (IS_TYPE[expected](value)) return value;
  throw new QueryEvaluationError(
    `The JSONata expression '${template.expression ?? ''}' specified for the field '${template.location}' returned an unexpected result type. Expected '${expected}', but was '${typeName(value)}' for value: ${JSON.stringify(value)}`,
    template.location,
  );
}

const IS_TYPE = {
  array: Array.isArray,
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string',
} satisfies Readonly<Record<Expected, (value: unknown) => boolean>>;

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return isObject(value) ? 'object' : typeof value;
}

export type NumberRange = { readonly minimum: number; readonly maximum: number };

/** Seconds and counts; null when the field is not there. */
export function evaluateInteger(
  template: Template | null,
  bindings: () => Bindings,
  range: NumberRange,
): number | null {
  const value = evaluateNumber(template, bindings, range);
  if (template === null || value === null || Number.isInteger(value)) return value;
  const { location } = template;
  throw new QueryEvaluationError(`The ${location} field cannot be parsed as an integer: ${value}`, location);
}

export function evaluateNumber(
  template: Template | null,
  bindings: () => Bindings,
  { minimum, maximum }: NumberRange,
): number | null {
  if (template === null) return null;
  const value = Number(evaluateTyped(template, bindings, 'number'));
  if (value >= minimum && value <= maximum) return value;
  const { location } = template;
  throw new QueryEvaluationError(
    `${location} must be between ${minimum} and ${maximum} but was: ${value}`,
    location,
  );
}

/** What a field in seconds can name; an expression may also give 0, which a literal timeout may not be. */
export const SECONDS: NumberRange = { minimum: 0, maximum: 99_999_999 };
