import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { ServerClock } from '../../serverClock.ts';
import { useNow } from '../cloud/useNow.ts';
import { isTicking } from '../time.ts';
import type { InboxState } from './createInbox.ts';
import type { OrderRecord } from './createRecord.ts';
import { isDecided } from './entry.ts';
import { NothingFound } from './nothingFound.tsx';
import { RecordFoot } from './recordFoot.tsx';
import { DecidedRow, WaitingRow } from './row.tsx';
import { Rows } from './rows.tsx';
import { SearchField } from './searchField.tsx';
import { byDay, byUrgency, type Tab, type View } from './views.ts';

export type WorklistProps = {
  readonly inbox: InboxState;
  readonly record: OrderRecord;
  readonly view: View;
  readonly clock: ServerClock;
  readonly isOffline: boolean;
  readonly tab: Tab;
  readonly onTab: (tab: Tab) => void;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** Opens an order by its id or, where there is none, the first that was found. */
  readonly onEnter: (query: string) => void;
  readonly selected: string | null;
  readonly onNew: () => void;
};

/** The orders in two lists, with a search over both. */
export function Worklist(props: WorklistProps) {
  const { inbox, record, view, clock, tab, query, selected } = props;
  const { isLoaded, hasMore } = record.current();
  const soonest = Date.parse(view.waiting.find((entry) => !isDecided(entry))?.deadline ?? '');
  const now = useNow(clock, isTicking(soonest - clock.now()));
  const list = useRef<HTMLDivElement>(null);
  const onTab = usePlaces(list, props);
  const isListed = view[tab].some(({ orderId }) => orderId === selected);
  useCurrentInSight(list, selected, isListed);
  const count = view.waiting.filter((entry) => !isDecided(entry)).length;
  return (
    <nav class="worklist" aria-label="Orders" onKeyDown={moveAmongRows}>
      <SearchField query={query} onQuery={props.onQuery} onEnter={props.onEnter} />
      <div class="tabs">
        <button type="button" aria-pressed={tab === 'waiting'} onClick={() => onTab('waiting')}>
          Waiting <Count isKnown={inbox.isLoaded} hasMore={!inbox.isLoaded} count={count} />
        </button>
        <button type="button" aria-pressed={tab === 'decided'} onClick={() => onTab('decided')}>
          Decided <Count isKnown={isLoaded} hasMore={hasMore} count={view.decided.length} />
        </button>
      </div>
      <div class="list" ref={list}>
        {tab === 'waiting' ? <Waiting {...props} now={now} count={view.waiting.length} /> : null}
        {tab === 'decided' ? (
          <>
            <Rows
              key={`decided ${query}`}
              groups={byDay(view.decided, now)}
              selected={selected}
              row={(entry, isSelected) => <DecidedRow entry={entry} isSelected={isSelected} now={now} />}
            />
            <RecordFoot record={record} isEmpty={view.decided.length === 0} query={query} />
          </>
        ) : null}
      </div>
    </nav>
  );
}

function Waiting(props: WorklistProps & { readonly now: number; readonly count: number }) {
  const { inbox, view, isOffline, query, selected, onNew, now, count } = props;
  if (count === 0 && !inbox.isLoaded)
    return inbox.error === null && !isOffline ? <Skeleton /> : <NotLoaded />;
  if (count === 0) return query === '' ? <NothingWaits onNew={onNew} /> : <NothingFound query={query} />;
  return (
    <Rows
      key={`waiting ${query}`}
      groups={byUrgency(view.waiting, now)}
      selected={selected}
      row={(entry, isSelected) => <WaitingRow entry={entry} isSelected={isSelected} now={now} />}
    />
  );
}

type CountProps = { readonly count: number; readonly isKnown: boolean; readonly hasMore: boolean };

function Count({ count, isKnown, hasMore }: CountProps) {
  return <span class="count">{isKnown || count > 0 ? `${count}${hasMore ? '+' : ''}` : '…'}</span>;
}

function NothingWaits({ onNew }: { readonly onNew: () => void }) {
  return (
    <div class="empty">
      <p>No order waits for a decision. New ones appear here by themselves.</p>
      <button type="button" onClick={onNew}>
        Place an order
      </button>
    </div>
  );
}

function NotLoaded() {
  return (
    <div class="empty">
      <p>The orders have not been loaded yet.</p>
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

/** Each list is left and found again at its own place. */
function usePlaces(
  list: { readonly current: HTMLElement | null },
  { tab, onTab }: Pick<WorklistProps, 'tab' | 'onTab'>,
): (next: Tab) => void {
  const places = useRef<Record<Tab, number>>({ waiting: 0, decided: 0 });
  useLayoutEffect(() => list.current?.scrollTo(0, places.current[tab]), [list, tab]);
  return (next) => {
    places.current[tab] = list.current?.scrollTop ?? 0;
    onTab(next);
  };
}

/** Keys may move the selection out of sight, an address may open an order that is far down, and a phone shows one of both. */
function useCurrentInSight(
  list: { readonly current: HTMLElement | null },
  selected: string | null,
  isListed: boolean,
): void {
  const seen = useRef<string | null>(null);
  useEffect(() => {
    const isLeft = selected === null;
    if (!isLeft && (!isListed || seen.current === selected)) return;
    const row = list.current?.querySelector<HTMLElement>(`[href="#/orders/${selected ?? seen.current}"]`);
    seen.current = selected;
    row?.scrollIntoView({ block: 'nearest' });
    if (isLeft && document.activeElement === document.body) row?.focus({ preventScroll: true });
  }, [list, selected, isListed]);
}

/** Arrow keys go from row to row, as in a mail program. */
function moveAmongRows(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('a.row')];
  const at = rows.findIndex((row) => row === document.activeElement);
  const isFromSearch = event.key === 'ArrowDown' && document.activeElement?.id === 'search';
  if (step === 0 || (at < 0 && !isFromSearch)) return;
  event.preventDefault();
  rows[at + step]?.focus();
}
