import type { MapState } from '../../definition/definition.ts';
import { QueryEvaluationError } from '../../definition/template.ts';
import {
  bindingsOf,
  evaluateInteger,
  evaluateNumber,
  evaluateText,
  evaluateTyped,
} from '../transitions/bindings.ts';
import type { Children, Thread } from '../records/execution.ts';
import { checkSize } from '../transitions/failure.ts';
import { leaveState } from '../transitions/leaveState.ts';
import { inputOf, recordEvent, type Step } from '../transitions/step.ts';
import { addChild } from './children.ts';

/** An inline Map runs at most this many iterations at once, also without MaxConcurrency. */
const MAX_CONCURRENCY = 40;

export function runMap(step: Step, thread: Thread, state: MapState): void {
  const children = thread.children ?? begin(step, thread, state);
  const made: Thread[] = [];
  while (children.running < children.limit && children.next < children.items.length) {
    made.push(startIteration(step, thread, { state, children }));
  }
  step.ready.unshift(...made);
  if (children.running === 0) join(step, thread, { state, children });
}

function begin(step: Step, thread: Thread, state: MapState): Children {
  const items = itemsOf(step, thread, state);
  const counts = { minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
  const bindings = bindingsOf(step, thread);
  const atOnce = evaluateInteger(state.maxConcurrency, bindings, counts) ?? 0;
  // What an inline Map tolerates is checked and has no effect: only a distributed one goes on after a failure.
  evaluateInteger(state.toleratedFailureCount, bindings, counts);
  evaluateNumber(state.toleratedFailurePercentage, bindings, { minimum: 0, maximum: 100 });
  const last = recordEvent(step, thread, { type: 'MapStateStarted', details: { length: items.length } });
  const children: Children = {
    results: items.map(() => null),
    items,
    limit: atOnce === 0 ? MAX_CONCURRENCY : Math.min(atOnce, MAX_CONCURRENCY),
    next: 0,
    running: 0,
    last,
  };
  thread.children = children;
  thread.phase = 'children';
  return children;
}

function itemsOf(step: Step, thread: Thread, { items }: MapState): readonly unknown[] {
  if (items !== null) return parseItems(evaluateTyped(items, bindingsOf(step, thread), 'array'));
  const text = inputOf(step, thread);
  const input: unknown = JSON.parse(text);
  if (Array.isArray(input)) return input;
  throw new QueryEvaluationError(`Map state input must be an array but was: ${JSON.stringify(input)}`, null);
}

function parseItems(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

type Iterating = { readonly state: MapState; readonly children: Children };

function startIteration(step: Step, thread: Thread, { state, children }: Iterating): Thread {
  const index = children.next;
  const item = { Index: index, Value: children.items[index] };
  const bindings = bindingsOf(step, thread, { item });
  const input = evaluateText(state.itemSelector, bindings, JSON.stringify(item.Value));
  checkSize(state.name, input);
  children.next += 1;
  children.running += 1;
  const child = addChild(step, thread, { scope: state.processor, index, input });
  recordEvent(step, child, {
    type: 'MapIterationStarted',
    details: { name: state.name, index },
    previous: children.last,
  });
  return child;
}

function join(step: Step, thread: Thread, { state, children }: Iterating): void {
  const text = `[${children.results.join(',')}]`;
  checkSize(state.name, text);
  recordEvent(step, thread, { type: 'MapStateSucceeded', advances: false });
  leaveState(step, thread, { ...state, fallback: text, extra: { result: JSON.parse(text) } });
}
