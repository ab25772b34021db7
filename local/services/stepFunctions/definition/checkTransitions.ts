import { isObject, type JsonObject } from '../../../ground/json.ts';
import type { Diagnostics } from './diagnostics.ts';

/** A machine, a branch or a processor as it is written, also when some of it is wrong. */
export type WrittenScope = {
  readonly startAt: string;
  readonly states: JsonObject;
  readonly pointer: string;
};

/** Every target must exist, some state must end, and every state must be reached: in this order, as AWS says it. */
export function checkTransitions(scope: WrittenScope, diagnostics: Diagnostics): void {
  const { states, startAt, pointer } = scope;
  if (!Object.hasOwn(states, startAt)) missing(startAt, `${pointer}/StartAt`, diagnostics);
  for (const [name, state] of Object.entries(states)) {
    for (const [target, place] of targetsOf(state)) {
      if (!Object.hasOwn(states, target)) missing(target, `${pointer}/States/${name}/${place}`, diagnostics);
    }
  }
  if (!Object.values(states).some(isTerminal)) {
    diagnostics.add('MISSING_END_STATE', 'Workflow has no terminal state', null);
    return;
  }
  const reached = reachable(scope);
  for (const name of Object.keys(states)) {
    if (reached.has(name)) continue;
    const place = `${pointer}/States/${name}`;
    diagnostics.add('MISSING_TRANSITION_TARGET', `State "${name}" is not reachable.`, place);
  }
}

function missing(target: string, place: string, diagnostics: Diagnostics): void {
  diagnostics.add('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${target}`, place);
}

type Target = readonly [name: string, place: string];

function targetsOf(state: unknown): readonly Target[] {
  if (!isObject(state)) return [];
  return [
    ...targetsWithin(state, 'Choices'),
    ...targetAt(state['Default'], 'Default'),
    ...targetAt(state['Next'], 'Next'),
    ...targetsWithin(state, 'Catch'),
  ];
}

function targetsWithin(state: JsonObject, list: 'Choices' | 'Catch'): readonly Target[] {
  const rules: readonly unknown[] = Array.isArray(state[list]) ? state[list] : [];
  return rules.flatMap((rule, index) =>
    isObject(rule) ? targetAt(rule['Next'], `${list}[${index}]/Next`) : [],
  );
}

function targetAt(target: unknown, place: string): readonly Target[] {
  return typeof target === 'string' ? [[target, place]] : [];
}

function isTerminal(state: unknown): boolean {
  if (!isObject(state)) return false;
  const { Type: type, End: end } = state;
  if (type === 'Succeed' || type === 'Fail') return true;
  return type !== undefined && type !== 'Choice' && end === true;
}

function reachable({ startAt, states }: WrittenScope): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [startAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (!Object.hasOwn(states, name) || reached.has(name)) continue;
    reached.add(name);
    open.push(...targetsOf(states[name]).map(([target]) => target));
  }
  return reached;
}
