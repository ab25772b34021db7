import type { Scope, State } from './definition.ts';
import type { Diagnostics } from './diagnostics.ts';

export type PlacedScope = Scope & { readonly pointer: string };

/** Every target must exist, some state must end, and every state must be reached: in this order, as AWS says it. */
export function checkTransitions(scope: PlacedScope, diagnostics: Diagnostics): void {
  const { states, startAt, pointer } = scope;
  if (!states.has(startAt)) missing(startAt, `${pointer}/StartAt`, diagnostics);
  for (const state of states.values()) {
    for (const [target, place] of targetsOf(state)) {
      if (!states.has(target)) missing(target, `${pointer}/States/${state.name}/${place}`, diagnostics);
    }
  }
  if (![...states.values()].some(isTerminal)) {
    diagnostics.add('MISSING_END_STATE', 'Workflow has no terminal state', null);
    return;
  }
  const reached = reachable(scope);
  for (const name of states.keys()) {
    if (reached.has(name)) continue;
    const place = `${pointer}/States/${name}`;
    diagnostics.add('MISSING_TRANSITION_TARGET', `State "${name}" is not reachable.`, place);
  }
}

function missing(target: string, place: string, diagnostics: Diagnostics): void {
  diagnostics.add('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${target}`, place);
}

type Target = readonly [name: string, place: string];

function targetsOf(state: State): readonly Target[] {
  const targets: Target[] = [];
  if (state.type === 'Choice') {
    targets.push(...state.rules.map((rule, index): Target => [rule.next, `Choices[${index}]/Next`]));
    if (state.default !== null) targets.push([state.default, 'Default']);
  }
  if (state.next !== null) targets.push([state.next, 'Next']);
  if ('catch' in state) {
    targets.push(...state.catch.map((catcher, index): Target => [catcher.next, `Catch[${index}]/Next`]));
  }
  return targets;
}

function isTerminal(state: State): boolean {
  return state.type !== 'Choice' && state.next === null;
}

function reachable({ startAt, states }: PlacedScope): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [startAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = states.get(name);
    if (state === undefined || reached.has(name)) continue;
    reached.add(name);
    open.push(...targetsOf(state).map(([target]) => target));
  }
  return reached;
}
