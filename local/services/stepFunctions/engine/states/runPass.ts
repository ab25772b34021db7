import type { PassState, SucceedState } from '../../definition/definition.ts';
import type { Thread } from '../records/execution.ts';
import { leaveState } from '../transitions/leaveState.ts';
import { inputOf, type Step } from '../transitions/step.ts';

/** Pass and Succeed hand on their input, or their Output. */
export function runPass(step: Step, thread: Thread, state: PassState | SucceedState): void {
  leaveState(step, thread, { ...state, fallback: inputOf(step, thread) });
}
