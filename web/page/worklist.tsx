import { useState } from 'preact/hooks';
import type { Entry, InboxState } from './createInbox.ts';
import { Countdown, useNow } from './countdown.tsx';
import type { ServerClock } from './serverClock.ts';
import { StatusBadge } from './statusBadge.tsx';
import { titleOf } from './words.ts';

export type WorklistProps = {
  readonly state: InboxState;
  readonly clock: ServerClock;
  readonly selected: string | null;
  readonly onNew: () => void;
};

/** More rows than this are shown on demand. */
const ROWS = 50;
const ROWS_OF_OTHERS = 20;

/** What waits, the nearest deadline first, and below it what has moved since. */
export function Worklist({ state, clock, selected, onNew }: WorklistProps) {
  const entries = [...state.orders.values()];
  const waiting = entries.filter(isWaiting).toSorted(byDeadline);
  const others = entries.filter((entry) => !isWaiting(entry)).toSorted(byTime);
  const shared = { clock, selected };
  return (
    <nav class="worklist" aria-label="Orders" onKeyDown={moveAmongRows}>
      <h2>
        Waiting for a decision <span class="count">{state.isLoaded ? waiting.length : '…'}</span>
      </h2>
      {state.isLoaded ? null : <Skeleton />}
      {state.isLoaded && waiting.length === 0 ? <NothingWaits onNew={onNew} /> : null}
      <Rows {...shared} entries={waiting} most={ROWS} />
      {others.length > 0 ? <h2>Moved since you opened this page</h2> : null}
      <Rows {...shared} entries={others} most={ROWS_OF_OTHERS} />
    </nav>
  );
}

function isWaiting({ latest }: Entry): boolean {
  return latest.status === 'PAUSED';
}

function byDeadline(left: Entry, right: Entry): number {
  return (left.latest.deadline ?? '').localeCompare(right.latest.deadline ?? '');
}

function byTime(left: Entry, right: Entry): number {
  return right.latest.at.localeCompare(left.latest.at);
}

type RowsProps = Pick<WorklistProps, 'clock' | 'selected'> & {
  readonly entries: readonly Entry[];
  readonly most: number;
};

function Rows({ entries, most, clock, selected }: RowsProps) {
  const now = useNow(clock);
  const [shown, setShown] = useState(most);
  const hidden = entries.length - shown;
  if (entries.length === 0) return null;
  return (
    <>
      <ul>
        {entries.slice(0, shown).map((entry) => (
          <Row key={entry.orderId} entry={entry} now={now} isSelected={entry.orderId === selected} />
        ))}
      </ul>
      {hidden > 0 ? (
        <button type="button" class="quiet more" onClick={() => setShown(shown + most)}>
          Show more ({hidden})
        </button>
      ) : null}
    </>
  );
}

function Row({ entry, now, isSelected }: { entry: Entry; now: number; isSelected: boolean }) {
  const { orderId, latest, details } = entry;
  return (
    <li>
      <a class="row" href={`#/orders/${orderId}`} aria-current={isSelected ? 'true' : undefined}>
        <span class="row-title">{titleOf(orderId, details)}</span>
        <span class="row-facts">
          {latest.status === 'PAUSED' && latest.deadline !== null ? (
            <Countdown deadline={latest.deadline} now={now} />
          ) : (
            <StatusBadge status={latest.status} />
          )}
          {latest.reminder !== null && latest.reminder > 0 && latest.status === 'PAUSED' ? (
            <span class="reminder">Reminder {latest.reminder}</span>
          ) : null}
        </span>
      </a>
    </li>
  );
}

function NothingWaits({ onNew }: { readonly onNew: () => void }) {
  return (
    <div class="empty">
      <p>Nothing waits for you. Orders appear here by themselves as soon as they need a decision.</p>
      <button type="button" onClick={onNew}>
        Place an order
      </button>
    </div>
  );
}

function Skeleton() {
  return (
    <div class="skeleton" role="status">
      <span class="visually-hidden">Loading the orders</span>
      <span /> <span /> <span />
    </div>
  );
}

/** Arrow keys go from row to row, as in a mail program. */
function moveAmongRows(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('a.row')];
  const at = rows.findIndex((row) => row === document.activeElement);
  if (step === 0 || at < 0) return;
  event.preventDefault();
  rows[at + step]?.focus();
}
