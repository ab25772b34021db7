import type { ChoiceState } from '../../definition/definition.ts';
import { bindingsOf, evaluateTyped } from '../transitions/bindings.ts';
import type { Thread } from '../records/execution.ts';
import { whileExecuting } from '../transitions/failState.ts';
import { runtimeFailure, StateFailed } from '../transitions/failure.ts';
import { leaveState } from '../transitions/leaveState.ts';
import { inputOf, type Step } from '../transitions/step.ts';

/** The first rule whose condition holds; its own Assign and Output. Without one, the default and the state's. */
export function runChoice(step: Step, thread: Thread, state: ChoiceState): void {
  const bindings = bindingsOf(step, thread);
  const rule = state.rules.find(({ condition }) => evaluateTyped(condition, bindings, 'boolean') === true);
  const fallback = inputOf(step, thread);
  if (rule !== undefined) {
    leaveState(step, thread, { ...rule, fallback });
    return;
  }
  if (state.default === null) throw new StateFailed(runtimeFailure(`${whileExecuting(thread)} ${NO_CHOICE}`));
  leaveState(step, thread, { ...state, next: state.default, fallback });
}

const NO_CHOICE = 'Failed to transition out of the state. The state does not point to a next state.';
