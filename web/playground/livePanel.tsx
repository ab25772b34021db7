import { useEffect, useState } from 'preact/hooks';
import type { AppSync } from './createAppSync.ts';

const SUBSCRIPTION = `subscription LiveEvents {
  onOrderStatus { orderId status version at reason decidedBy deadline reminder }
}`;
/** Older events leave the panel. */
const MAX_EVENTS = 200;

type Line = { readonly number: number; readonly text: string };

/** Every event beside the editor: GraphiQL ends a subscription when its tab is left. */
export function LivePanel({ appSync }: { readonly appSync: AppSync }) {
  const { lines, state, clear } = useEvents(appSync);
  const [pausedAt, setPausedAt] = useState<readonly Line[] | null>(null);
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLowerCase();
  const shown = (pausedAt ?? lines).filter(({ text }) => text.toLowerCase().includes(wanted));
  const missed = pausedAt === null ? 0 : (lines[0]?.number ?? 0) - (pausedAt[0]?.number ?? 0);
  const clearAll = () => {
    clear();
    setPausedAt(pausedAt === null ? null : []);
  };
  return (
    <section aria-label="Live events">
      <h2>
        Live events <span role="status">{state}</span>
      </h2>
      <p>
        <code>onOrderStatus</code> of every order with the API key, over AppSync's realtime protocol.
      </p>
      <p class="tools">
        <button type="button" onClick={() => setPausedAt(pausedAt === null ? lines : null)}>
          {pausedAt === null ? 'Pause' : missed > 0 ? `Go on (${missed} more)` : 'Go on'}
        </button>{' '}
        <button type="button" disabled={lines.length === 0} onClick={clearAll}>
          Clear
        </button>
        <label>
          <span>Only events with</span>
          <input
            type="search"
            placeholder="an order id or a status"
            value={filter}
            onInput={({ currentTarget }) => setFilter(currentTarget.value)}
          />
        </label>
      </p>
      {shown.length > 0 ? null : (
        <p>{lines.length === 0 ? 'No event yet. Run the first tab.' : 'No event has this text.'}</p>
      )}
      <ol>
        {shown.map(({ number, text }) => (
          <li key={number}>
            <pre>{text}</pre>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The events, the newest first, and the state of the connection. */
function useEvents(appSync: AppSync) {
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [state, setState] = useState(appSync.connection.current().name);
  useEffect(() => {
    const events = appSync.subscribe({ query: SUBSCRIPTION });
    const follow = async () => {
      let number = 0;
      for await (const payload of events) {
        number += 1;
        const line = { number, text: JSON.stringify(eventIn(payload), withoutNulls, 2) };
        setLines((known) => [line, ...known].slice(0, MAX_EVENTS));
      }
    };
    void follow();
    const look = () => setState(appSync.connection.current().name);
    const unsubscribe = appSync.connection.subscribe(look);
    return () => {
      unsubscribe();
      void events.return?.();
    };
  }, [appSync]);
  return { lines, state, clear: () => setLines([]) };
}

/** The event alone; an answer with errors whole. */
function eventIn(payload: Readonly<Record<string, unknown>>): unknown {
  const { data, errors } = payload;
  const hasEvent =
    errors === undefined && typeof data === 'object' && data !== null && 'onOrderStatus' in data;
  return hasEvent ? data.onOrderStatus : payload;
}

function withoutNulls(_key: string, value: unknown): unknown {
  return value === null ? undefined : value;
}
