import type { PassState, SucceedState } from '../../definition/definition.ts';
import type { Thread } from '../execution.ts';
import { leave } from '../leave.ts';
import { inputOf, type Step } from '../step.ts';

/** Pass and Succeed hand on their input, or their Output. */
export function runPass(step: Step, thread: Thread, state: PassState | SucceedState): void {
  leave(step, thread, { ...state, fallback: inputOf(step, thread) });
}
