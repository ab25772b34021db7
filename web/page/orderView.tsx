import { useEffect, useMemo, useRef } from 'preact/hooks';
import { isFinal, type Client, type Order, type OrderStatusEvent } from '../../client/countersign.ts';
import { Countdown, useNow } from './countdown.tsx';
import { createOrderModel, type OrderState } from './createOrderModel.ts';
import { Decide } from './decide.tsx';
import { BACK, Stroke } from './icons.tsx';
import { useObservable } from './observable.ts';
import type { ServerClock } from './serverClock.ts';
import { StatusBadge } from './statusBadge.tsx';
import { Timeline } from './timeline.tsx';
import { decisionWords, titleOf } from './words.ts';

export type OrderViewProps = {
  readonly client: Client;
  readonly clock: ServerClock;
  readonly orderId: string;
  readonly me: string;
  /** What the order is about, where the list knows it already. */
  readonly knownDetails: string | null | undefined;
  readonly seen: (order: Order) => void;
};

/** One order: what it is about, what happened to it, and what can be done now. */
export function OrderView({ client, clock, orderId, me, knownDetails, seen }: OrderViewProps) {
  const model = useMemo(
    () => createOrderModel({ client, orderId, knownDetails, seen }),
    [client, orderId, seen],
  );
  useEffect(() => model.stop, [model]);
  const state = useObservable(model);
  const now = useNow(clock);
  const latest = state.history.at(-1);
  const heading = useFocusOnEnd(latest);
  return (
    <section class="order" aria-busy={latest === undefined && state.error === null}>
      <a class="back" href="#/">
        <Stroke path={BACK} /> All orders
      </a>
      <h1 ref={heading} tabIndex={-1}>
        {titleOf(orderId, state.details)}
      </h1>
      {state.error === null ? null : <CannotShow error={state.error} orderId={orderId} />}
      {latest === undefined ? (
        state.error === null && <p class="hint">Loading the order…</p>
      ) : (
        <>
          <p class="facts">
            <StatusBadge status={latest.status} />
            {latest.status === 'PAUSED' && latest.deadline !== null ? (
              <Countdown deadline={latest.deadline} now={now} />
            ) : null}
            <span class="order-id">
              Order <code>{orderId}</code>
            </span>
          </p>
          {latest.status === 'PAUSED' ? <TimeLeft history={state.history} now={now} /> : null}
          <Details text={state.details} title={titleOf(orderId, state.details)} />
          <Outcome state={state} latest={latest} me={me} />
          {latest.status === 'PAUSED' && state.decision === null && state.details !== undefined ? (
            <Decide key={orderId} model={model} state={state} me={me} />
          ) : null}
          <Timeline history={state.history} now={now} />
        </>
      )}
    </section>
  );
}

/** The buttons go when somebody decides; whoever stood on one should not fall off the page. */
function useFocusOnEnd(latest: OrderStatusEvent | undefined) {
  const heading = useRef<HTMLHeadingElement>(null);
  const status = latest?.status;
  useEffect(() => {
    if (status !== undefined && document.activeElement === document.body) {
      heading.current?.focus({ preventScroll: true });
    }
  }, [status]);
  return heading;
}

function CannotShow({ error, orderId }: { error: { type: string; message: string }; orderId: string }) {
  return (
    <p class="refusal" role="alert">
      {error.type === 'OrderNotFound' ? (
        <>
          There is no order <code>{orderId}</code>. It may have a typing error in its address.
        </>
      ) : (
        error.message
      )}
    </p>
  );
}

function Details({ text, title }: { text: string | null | undefined; title: string }) {
  if (text === undefined || text === null || text.trim() === title || text === '') return null;
  return <p class="details">{text}</p>;
}

function TimeLeft({ history, now }: { history: readonly OrderStatusEvent[]; now: number }) {
  const first = history.find(({ status }) => status === 'PAUSED');
  if (first?.deadline === undefined || first.deadline === null) return null;
  const start = Date.parse(first.at);
  const end = Date.parse(first.deadline);
  return (
    <progress
      class="time-left"
      aria-label="Time left to decide"
      max={end - start}
      value={Math.max(0, end - now)}
    />
  );
}

/** Which decision stands, while the order still says that it waits; and that somebody else was faster. */
function Outcome({ state, latest, me }: { state: OrderState; latest: OrderStatusEvent; me: string }) {
  const { decision, refusal } = state;
  if (decision === null) return null;
  const wasLate = refusal?.type === 'OrderAlreadyDecided';
  const isOver = isFinal(latest.status) || latest.status === 'CONFIRMED';
  if (isOver && !wasLate) return null;
  return (
    <p class="outcome" role="status">
      {wasLate ? <strong>Somebody else decided first. </strong> : null}
      {decisionWords(decision, wasLate ? '' : me)}
      {isOver ? '' : ' The decision is recorded and stands; the order moves on in a moment.'}
      {wasLate ? ' Your decision changed nothing.' : ''}
    </p>
  );
}
