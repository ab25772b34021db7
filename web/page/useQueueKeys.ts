import { useEffect, useRef } from 'preact/hooks';
import type { Entry } from './orders/entry.ts';
import type { Queue } from './useSelection.ts';

export type QueueKeys = {
  /** The orders of the list that is shown. */
  readonly list: readonly Entry[];
  readonly selected: string | null;
  readonly queue: Queue;
};

/** `n` goes to the next order that waits, `j` and `k` down and up the list, and `/` into the search. */
export function useQueueKeys({ list, selected, queue: { next, goOn } }: QueueKeys): void {
  const step = (by: number) => {
    const at = list.findIndex(({ orderId }) => orderId === selected);
    const target = at < 0 ? list[0] : list[at + by];
    if (target !== undefined) goOn(target.orderId, 'name');
  };
  useKeys({
    '/': () => document.querySelector<HTMLInputElement>('#search')?.focus(),
    j: () => step(1),
    k: () => step(-1),
    n: () => {
      if (next !== null) goOn(next.orderId, 'decision');
    },
  });
}

/** Calls the action of a key that is pressed outside of a field and a dialog. */
function useKeys(actions: Readonly<Record<string, () => void>>): void {
  const current = useRef(actions);
  current.current = actions;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isWriting(event.target)) return;
      const action = Object.hasOwn(current.current, event.key) ? current.current[event.key] : undefined;
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}

function isWriting(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]') !== null) return true;
  if (target instanceof HTMLTextAreaElement) return !target.readOnly;
  return target instanceof HTMLInputElement;
}
