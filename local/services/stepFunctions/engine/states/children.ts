import type { Thread } from '../records/execution.ts';
import { setInput, type Step } from '../transitions/step.ts';

export type Child = { readonly scope: number; readonly index: number; readonly input: string };

/** A new thread for a branch or an iteration. It sees the variables as they are now; its own stay within it. */
export function addChild(step: Step, parent: Thread, { scope, index, input }: Child): Thread {
  const { execution } = step;
  execution.threadCount += 1;
  const child: Thread = {
    id: execution.threadCount,
    parent: parent.id,
    scope,
    index,
    state: execution.revision.definition.scopes[scope]?.startAt ?? '',
    phase: 'enter',
    input: null,
    last: parent.last,
    before: 0,
    entered: 0,
    enteredAt: 0,
    generation: 0,
    ...(parent.variables === undefined ? {} : { variables: parent.variables }),
  };
  setInput(step, child, input);
  execution.threads.push(child);
  return child;
}
