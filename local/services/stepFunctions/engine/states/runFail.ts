import type { FailState } from '../../definition/definition.ts';
import type { Template } from '../../definition/template.ts';
import { bindingsOf, evaluateTyped } from '../transitions/bindings.ts';
import type { Thread } from '../records/execution.ts';
import { StateFailed } from '../transitions/failure.ts';
import type { Step } from '../transitions/step.ts';

export function runFail(step: Step, thread: Thread, state: FailState): void {
  const bindings = bindingsOf(step, thread);
  const text = (template: Template | null) =>
    template === null ? null : String(evaluateTyped(template, bindings, 'string'));
  const error = text(state.error);
  const cause = text(state.cause);
  throw new StateFailed({
    ...(error === null ? {} : { error }),
    ...(cause === null ? {} : { cause }),
    kind: 'error',
  });
}
