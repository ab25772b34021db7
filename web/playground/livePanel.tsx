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
  return (
    <section aria-label="Live events">
      <h2>
        Live events <span role="status">{state}</span>
      </h2>
      <p>
        <code>onOrderStatus</code> of every order, over AppSync's realtime protocol.{' '}
        <button type="button" disabled={lines.length === 0} onClick={() => setLines([])}>
          Clear
        </button>
      </p>
      {lines.length === 0 ? <p>No event yet. Run the first tab.</p> : null}
      <ol>
        {lines.map(({ number, text }) => (
          <li key={number}>
            <pre>{text}</pre>
          </li>
        ))}
      </ol>
    </section>
  );
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
