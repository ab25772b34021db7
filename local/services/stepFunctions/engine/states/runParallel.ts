import type { ParallelState } from '../../definition/definition.ts';
import { bindingsOf, evaluateText } from '../transitions/bindings.ts';
import type { Thread } from '../records/execution.ts';
import { checkSize } from '../transitions/failure.ts';
import { leaveState } from '../transitions/leaveState.ts';
import { inputOf, recordEvent, type Step } from '../transitions/step.ts';
import { addChild } from './children.ts';

export function runParallel(step: Step, thread: Thread, state: ParallelState): void {
  if (thread.children === undefined) begin(step, thread, state);
  else if (thread.children.running === 0) join(step, thread, state);
}

function begin(step: Step, thread: Thread, state: ParallelState): void {
  const input = evaluateText(state.arguments, bindingsOf(step, thread), inputOf(step, thread));
  checkSize(state.name, input);
  recordEvent(step, thread, { type: 'ParallelStateStarted' });
  const { branches } = state;
  const results = branches.map(() => null);
  thread.children = {
    results,
    items: [],
    limit: branches.length,
    next: 0,
    running: branches.length,
    last: 0,
  };
  thread.phase = 'children';
  const made = branches.map((scope, index) => addChild(step, thread, { scope, index, input }));
  step.ready.unshift(...made);
  if (branches.length === 0) join(step, thread, state);
}

function join(step: Step, thread: Thread, state: ParallelState): void {
  const text = `[${(thread.children?.results ?? []).join(',')}]`;
  checkSize(state.name, text);
  recordEvent(step, thread, { type: 'ParallelStateSucceeded', advances: false });
  leaveState(step, thread, { ...state, fallback: text, extra: { result: JSON.parse(text) } });
}
