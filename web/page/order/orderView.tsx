import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { AnyClientError, Client, Order, OrderStatusEvent } from '../../../client/countersign.ts';
import type { ServerClock } from '../../serverClock.ts';
import { useNow } from '../cloud/useNow.ts';
import type { DecisionRules } from '../../config.ts';
import { useObservable } from '../../observable.ts';
import { Countdown } from '../orders/countdown.tsx';
import type { Entry } from '../orders/entry.ts';
import type { Person } from '../person/createPerson.ts';
import { StatusBadge } from '../statusBadge.tsx';
import { orderText, titleOf } from '../text/orderText.ts';
import { UserText } from '../text/userText.tsx';
import { agoWords, exactTime, isTicking } from '../time.ts';
import type { Arrival, Queue } from '../useSelection.ts';
import { errorWords } from '../words.ts';
import { createOrderModel, type OrderModel, type OrderState } from './createOrderModel.ts';
import { DecisionForm } from './decisionForm.tsx';
import { Details } from './details.tsx';
import { Outcome } from './outcome.tsx';
import { Receipt } from './receipt.tsx';
import { Timeline } from './timeline.tsx';

export type OrderViewProps = {
  readonly client: Client;
  readonly clock: ServerClock;
  readonly person: Person;
  readonly rules: DecisionRules;
  readonly orderId: string;
  /** What the lists know of it. */
  readonly entry: Entry | undefined;
  readonly seen: (order: Order) => void;
  readonly queue: Queue;
  readonly arrival: Arrival;
};

/** One order: what it is about, what happened to it, and what can be done now. */
export function OrderView(props: OrderViewProps) {
  const { client, clock, person, orderId, entry, seen, queue, arrival, rules } = props;
  const model = useMemo(
    () => createOrderModel({ client, orderId, known: entry, seen }),
    [client, orderId, seen],
  );
  useEffect(() => model.stop, [model]);
  const state = useObservable(model);
  const latest = newestOf(state.history.at(-1), entry?.latest);
  const deadline = latest?.deadline ?? entry?.deadline ?? deadlineOf(state.history);
  const now = useNow(clock, deadline !== null && isTicking(Date.parse(deadline) - clock.now()));
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (arrival === 'name') heading.current?.focus({ preventScroll: true });
  }, [arrival]);
  const text = orderText(state.details ?? null);
  return (
    <section class="order" aria-busy={latest === undefined && state.error === null}>
      <div class="order-scroll" tabIndex={-1}>
        <div class="order-text">
          <h1 id="order-title" ref={heading} tabIndex={-1} dir="auto" class={text.isWhole ? '' : 'cut'}>
            <UserText text={titleOf(orderId, state.details)} hasLinks={false} />
          </h1>
          {state.error === null ? null : <CannotShow error={state.error} orderId={orderId} />}
          {latest === undefined ? (
            state.error === null && <p class="hint">Loading the order…</p>
          ) : (
            <>
              <Facts state={state} orderId={orderId} latest={latest} now={now} />
              <Outcome
                state={state}
                latest={latest}
                deadline={deadline}
                me={person.current().name}
                now={now}
              />
              <Details text={text} />
            </>
          )}
        </div>
        {state.history.length > 0 ? (
          <Timeline
            history={state.history}
            requester={{ name: state.requestedBy, isVerified: state.order?.isRequesterVerified ?? false }}
            decision={state.decision}
            now={now}
          />
        ) : null}
      </div>
      {latest === undefined ? null : (
        <Decision
          {...{ client, person, model, state, latest, queue, now, rules }}
          isExpected={arrival === 'decision'}
        />
      )}
    </section>
  );
}

/** The history arrives event by event; what the lists know already may be ahead of it. */
function newestOf(
  left: OrderStatusEvent | undefined,
  right: OrderStatusEvent | undefined,
): OrderStatusEvent | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return left.version >= right.version ? left : right;
}

function deadlineOf(history: readonly OrderStatusEvent[]): string | null {
  return history.findLast(({ deadline }) => deadline !== null)?.deadline ?? null;
}

type FactsProps = {
  readonly state: OrderState;
  readonly orderId: string;
  readonly latest: OrderStatusEvent;
  readonly now: number;
};

function Facts({ state, orderId, latest, now }: FactsProps) {
  const { requestedBy, createdAt } = state;
  return (
    <p class="facts">
      <StatusBadge status={latest.status} />
      {latest.status === 'PAUSED' && latest.deadline !== null ? (
        <Countdown deadline={latest.deadline} now={now} isLong />
      ) : null}
      <span class="asked">
        {requestedBy === null || requestedBy.trim() === '' ? (
          'Placed'
        ) : (
          <>
            Asked by{' '}
            <bdi class="who">
              <UserText text={requestedBy} hasLinks={false} />
            </bdi>
          </>
        )}{' '}
        {createdAt === null ? null : (
          <time dateTime={createdAt} title={exactTime(createdAt)}>
            {agoWords(createdAt, now)}
          </time>
        )}
      </span>
      <code class="order-id" title="The order's id">
        {orderId}
      </code>
    </p>
  );
}

type DecisionProps = Pick<OrderViewProps, 'client' | 'person' | 'queue' | 'rules'> & {
  readonly model: OrderModel;
  readonly state: OrderState;
  readonly latest: OrderStatusEvent;
  readonly now: number;
  readonly isExpected: boolean;
};

/** The form while the order waits, and the receipt when it no longer does; nothing for an order that was decided before. */
function Decision(props: DecisionProps) {
  const { client, person, model, state, latest, queue, now, isExpected, rules } = props;
  const { decision } = state;
  const isOpen = latest.status === 'PAUSED' && decision === null && state.details !== undefined;
  const [isWorthIt, setWorthIt] = useState(false);
  if (!isWorthIt && (isOpen || state.draft.note !== '')) setWorthIt(true);
  if (isOpen) return <DecisionForm {...{ client, model, state, person, isExpected, rules }} />;
  if (!isWorthIt || decision === null) return null;
  return <Receipt {...{ model, state, decision, now, queue }} me={person.current().name} />;
}

function CannotShow({ error, orderId }: { readonly error: AnyClientError; readonly orderId: string }) {
  if (error.type === 'Unauthorized') return null; // the banner says it for the whole page
  return (
    <p class="refusal" role="alert">
      {error.type === 'OrderNotFound' ? (
        <>
          There is no order <code>{orderId}</code>. Check the address for a typo.
        </>
      ) : (
        errorWords(error)
      )}
    </p>
  );
}
