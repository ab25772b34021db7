import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Client, Order } from '../../client/countersign.ts';
import { Banner } from './cloud/banner.tsx';
import { ConnectionBadge } from './cloud/connectionBadge.tsx';
import type { Config } from '../config.ts';
import { LocalStrip } from './cloud/localStrip.tsx';
import type { ServerClock } from '../serverClock.ts';
import { BACK, Logo, PLUS, Stroke } from './icons.tsx';
import { useObservable } from '../observable.ts';
import type { Notices } from './notices/createNotices.ts';
import { NoticesSwitch } from './notices/noticesSwitch.tsx';
import { NewOrder } from './order/newOrder.tsx';
import { OrderView } from './order/orderView.tsx';
import type { Inbox } from './orders/createInbox.ts';
import type { Orders } from './orders/createOrders.ts';
import type { OrderRecord } from './orders/createRecord.ts';
import { isDecided } from './orders/entry.ts';
import { nextAfter, search, viewOf, type Tab } from './orders/views.ts';
import { Worklist } from './orders/worklist.tsx';
import type { Person } from './person/createPerson.ts';
import { NameDialog } from './person/nameDialog.tsx';
import { PersonButton } from './person/personButton.tsx';
import { titleOf } from './text/orderText.ts';
import { plainText } from './text/pieces.ts';
import { openByNumber } from './openByNumber.ts';
import { useQueueKeys } from './useQueueKeys.ts';
import { useSelection } from './useSelection.ts';

export type AppProps = {
  readonly client: Client;
  readonly config: Config;
  readonly clock: ServerClock;
  readonly orders: Orders;
  readonly inbox: Inbox;
  readonly record: OrderRecord;
  readonly person: Person;
  readonly notices: Notices;
};

/** The whole page: the orders on the left, the one in hand on the right. */
export function App({ client, config, clock, orders, inbox, record, person, notices }: AppProps) {
  const entries = useObservable(orders);
  const inboxState = useObservable(inbox);
  const isOffline = useObservable(client.connection).name === 'offline';
  useObservable(record);
  const { isAsked } = useObservable(person);
  const [tab, setTab] = useState<Tab>('waiting');
  const [query, setQuery] = useState('');
  const [isPlacing, setPlacing] = useState(false);
  const { selected, held, arrival, go, goOn } = useSelection(orders);
  const all = viewOf([...entries.values()], held);
  const view = search(all, query);
  const next = nextAfter(view.waiting, selected) ?? nextAfter(all.waiting, selected);
  const seen = useCallback((order: Order) => orders.learnOrder(order), [orders]);
  const placed = (order: Order) => {
    seen(order);
    setPlacing(false);
    go(order.orderId, 'name');
  };
  const queue = { next, isKnown: inboxState.isLoaded, goOn };
  useQueueKeys({ list: view[tab], selected, queue });
  const waiting = all.waiting.filter((entry) => !isDecided(entry)).length;
  const title = selected === null ? null : plainText(titleOf(selected, entries.get(selected)?.details));
  useTitle(waiting, title);
  const onNew = () => setPlacing(true);
  return (
    <div class={selected === null ? 'app' : 'app has-order'}>
      <Header client={client} person={person} onNew={onNew} />
      <Banner client={client} person={person} error={inboxState.error} isLocal={config.isLocal} />
      <main class="panes">
        <Worklist
          {...{ record, view, clock, isOffline, tab, query, selected, onNew }}
          inbox={inboxState}
          onTab={setTab}
          onQuery={setQuery}
          onEnter={(typed) => void openByNumber({ client, query: typed, found: view[tab], go })}
        />
        {selected === null ? (
          <NothingSelected notices={notices} />
        ) : (
          <OrderView
            key={selected}
            {...{ client, clock, person, seen, queue, arrival }}
            rules={config.rules}
            orderId={selected}
            entry={entries.get(selected)}
          />
        )}
      </main>
      {config.isLocal ? <LocalStrip {...{ clock, orders, config }} isKnown={inboxState.isLoaded} /> : null}
      {isPlacing ? (
        <NewOrder client={client} person={person} onPlaced={placed} onClose={() => setPlacing(false)} />
      ) : null}
      {isAsked ? <NameDialog person={person} /> : null}
    </div>
  );
}

type HeaderProps = Pick<AppProps, 'client' | 'person'> & { readonly onNew: () => void };

function Header({ client, person, onNew }: HeaderProps) {
  return (
    <header>
      <a class="back" href="#/">
        <Stroke path={BACK} /> Orders
      </a>
      <a class="brand" href="#/">
        <Logo /> <span>Countersign</span>
      </a>
      <ConnectionBadge client={client} />
      <PersonButton person={person} />
      <button type="button" class="new" onClick={onNew}>
        <Stroke path={PLUS} /> New order
      </button>
    </header>
  );
}

function NothingSelected({ notices }: Pick<AppProps, 'notices'>) {
  return (
    <section class="nothing">
      <h1>What waits for a decision</h1>
      <p>
        Pick an order to see what happened to it and to decide. The list is live: there is no need to reload.
      </p>
      <dl class="keys">
        <dt>
          <kbd>n</kbd>
        </dt>
        <dd>the next order that waits</dd>
        <dt>
          <kbd>j</kbd> <kbd>k</kbd>
        </dt>
        <dd>down and up the list</dd>
        <dt>
          <kbd>/</kbd>
        </dt>
        <dd>search, or open an order by its number</dd>
      </dl>
      <NoticesSwitch notices={notices} />
    </section>
  );
}

function useTitle(waiting: number, order: string | null): void {
  useEffect(() => {
    const count = waiting === 0 ? '' : `(${waiting}) `;
    document.title = `${count}${order === null ? '' : `${order} · `}Countersign`;
  }, [waiting, order]);
}
