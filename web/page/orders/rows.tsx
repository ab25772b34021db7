import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Entry } from './entry.ts';
import type { Group } from './views.ts';

export type RowsProps = {
  readonly groups: readonly Group[];
  readonly selected: string | null;
  readonly row: (entry: Entry, isSelected: boolean) => ComponentChildren;
};

/** Drawn at first, and again as often as the end comes in sight. */
const ROWS_PER_STEP = 100;

/** Rows in groups; the rest of a long list is drawn when one scrolls to it. */
export function Rows({ groups, selected, row }: RowsProps) {
  const [shown, setShown] = useState(ROWS_PER_STEP);
  const more = () => setShown((count) => count + ROWS_PER_STEP);
  const at = groups.flatMap(({ entries }) => entries).findIndex(({ orderId }) => orderId === selected);
  const most = Math.max(shown, at + 2);
  if (most > shown) setShown(most); // also when one comes back from the order to the list
  const total = groups.reduce((sum, { entries }) => sum + entries.length, 0);
  let left = most;
  const drawn = groups.map(({ title, entries, count }) => {
    const part = entries.slice(0, left);
    left -= part.length;
    return { title, count, part };
  });
  return (
    <>
      {drawn
        .filter(({ part }) => part.length > 0)
        .map(({ title, count, part }) => (
          <section key={title} class="group" aria-label={title}>
            <h2>
              {title} <span class="group-count">{count}</span>
            </h2>
            <ul>
              {part.map((entry) => (
                <li key={entry.orderId}>{row(entry, entry.orderId === selected)}</li>
              ))}
            </ul>
          </section>
        ))}
      {total > most ? <More key={most} left={total - most} onMore={more} /> : null}
    </>
  );
}

function More({ left, onMore }: { readonly left: number; readonly onMore: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const watcher = new IntersectionObserver((found) => {
      if (found.some(({ isIntersecting }) => isIntersecting)) onMore();
    });
    if (button.current !== null) watcher.observe(button.current);
    return () => watcher.disconnect();
  }, []);
  return (
    <button type="button" class="quiet more" ref={button} onClick={onMore}>
      Show more ({left})
    </button>
  );
}
