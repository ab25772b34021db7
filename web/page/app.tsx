import { useEffect, useState } from 'preact/hooks';
import type { Client, Order } from '../../client/countersign.ts';
import { MAX_CLAIM_CHARACTERS, ORDER_ID } from '../../functions/order/limits.ts';
import { ClockButton } from './clockButton.tsx';
import { ConnectionBadge, OfflineBanner } from './connectionBadge.tsx';
import type { Inbox } from './createInbox.ts';
import { Logo, PLUS, Stroke } from './icons.tsx';
import { NewOrder } from './newOrder.tsx';
import { useObservable } from './observable.ts';
import { OrderView } from './orderView.tsx';
import type { ServerClock } from './serverClock.ts';
import { Worklist } from './worklist.tsx';

export type AppProps = {
  readonly client: Client;
  readonly clock: ServerClock;
  readonly inbox: Inbox;
  readonly hasTestControls: boolean;
};

/** The whole page: what waits on the left, the order in hand on the right. */
export function App({ client, clock, inbox, hasTestControls }: AppProps) {
  const state = useObservable(inbox);
  const selected = useSelectedOrder();
  const [me, setMe] = useName();
  const [isPlacing, setPlacing] = useState(false);
  const [seen] = useState(
    () =>
      ({ orderId, orderDetails }: Order) =>
        inbox.learnDetails(orderId, orderDetails),
  );
  const placed = (order: Order) => {
    seen(order);
    setPlacing(false);
    location.hash = `#/orders/${order.orderId}`;
  };
  useTitle([...state.orders.values()].filter(({ latest }) => latest.status === 'PAUSED').length);
  return (
    <div class={selected === null ? 'app' : 'app has-order'}>
      <header>
        <a class="brand" href="#/">
          <Logo /> <span>Countersign</span>
        </a>
        <ConnectionBadge client={client} />
        {hasTestControls ? <ClockButton clock={clock} /> : null}
        <label class="name">
          <span>You are</span>
          <input
            placeholder="Your name"
            maxLength={MAX_CLAIM_CHARACTERS}
            value={me}
            onInput={(event) => setMe(event.currentTarget.value)}
          />
        </label>
        <button type="button" class="new" onClick={() => setPlacing(true)}>
          <Stroke path={PLUS} /> New order
        </button>
      </header>
      <OfflineBanner client={client} />
      {state.error === null ? null : (
        <p class="banner" role="alert">
          <strong>The list cannot be shown.</strong> {state.error.message}
        </p>
      )}
      <main class="panes">
        <Worklist state={state} clock={clock} selected={selected} onNew={() => setPlacing(true)} />
        {selected === null ? (
          <NothingSelected />
        ) : (
          <OrderView
            key={selected}
            client={client}
            clock={clock}
            orderId={selected}
            me={me}
            knownDetails={state.orders.get(selected)?.details}
            seen={seen}
          />
        )}
      </main>
      {isPlacing ? <NewOrder client={client} onPlaced={placed} onClose={() => setPlacing(false)} /> : null}
    </div>
  );
}

function NothingSelected() {
  return (
    <section class="nothing">
      <h1>Your decisions</h1>
      <p>Pick an order to see what happened to it and to decide. The list is live: nobody needs to reload.</p>
      <p>
        Everything here is one GraphQL API. <a href="/playground">Try it in the playground</a>.
      </p>
    </section>
  );
}

const ORDER_ADDRESS = new RegExp(`^#/orders/(${ORDER_ID})$`);

function selectedOrder(): string | null {
  return ORDER_ADDRESS.exec(location.hash)?.[1] ?? null;
}

function useSelectedOrder(): string | null {
  const [selected, setSelected] = useState(selectedOrder);
  useEffect(() => {
    const look = () => setSelected(selectedOrder());
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  return selected;
}

const NAME_KEY = 'countersign/name';

/** The name that decisions are made in, kept in this browser. */
function useName(): readonly [string, (name: string) => void] {
  const [name, setName] = useState(() => localStorage.getItem(NAME_KEY) ?? '');
  const keep = (next: string) => {
    localStorage.setItem(NAME_KEY, next);
    setName(next);
  };
  return [name, keep];
}

function useTitle(waiting: number): void {
  useEffect(() => {
    document.title = waiting === 0 ? 'Countersign' : `(${waiting}) Countersign`;
  }, [waiting]);
}
