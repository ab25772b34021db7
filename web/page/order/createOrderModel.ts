import {
  type AnyClientError,
  type Client,
  type Decision,
  type DecisionKind,
  type Order,
  type OrderStatusEvent,
  isClientError,
} from '../../../client/countersign.ts';
import { createChangeable, type Observable } from '../../observable.ts';
import { decisionOf, type Entry } from '../orders/entry.ts';
import { keepDraft, NO_DRAFT, readDraft, type Draft, type Intent } from './draft.ts';

export type OrderState = {
  readonly history: readonly OrderStatusEvent[];
  /** Undefined until the API has answered it. */
  readonly details: string | null | undefined;
  readonly requestedBy: string | null;
  /** As the API has answered it last; null before that. */
  readonly order: Order | null;
  readonly createdAt: string | null;
  readonly decision: Decision | null;
  readonly draft: Draft;
  /** A decision of this page that is under way. */
  readonly sending: Intent | null;
  /** Why the last attempt of this page came to nothing. */
  readonly refusal: AnyClientError | null;
  /** Why the order cannot be shown. */
  readonly error: AnyClientError | null;
};

export type OrderModel = Observable<OrderState> & {
  readonly write: (part: Partial<Draft>) => void;
  readonly decide: (intent: Intent, decidedBy: string) => Promise<void>;
  readonly stop: () => void;
};

export type OrderModelOptions = {
  readonly client: Client;
  readonly orderId: string;
  /** What the lists know of it already. */
  readonly known: Entry | undefined;
  readonly seen: (order: Order) => void;
};

const KINDS = { confirm: 'CONFIRMED', reject: 'REJECTED', cancel: 'CANCELLED' } satisfies Record<
  Intent,
  DecisionKind
>;

/** One order as it happens, and what can be done about it. */
export function createOrderModel({ client, orderId, known, seen }: OrderModelOptions): OrderModel {
  const state = createChangeable<OrderState>({
    history: [],
    details: known?.details,
    requestedBy: known?.requestedBy ?? null,
    order: null,
    createdAt: known?.createdAt ?? null,
    decision: known?.decision ?? null,
    draft: readDraft(orderId),
    sending: null,
    refusal: null,
    error: null,
  });
  const stopping = new AbortController();
  const change = (part: Partial<OrderState>) => {
    if (!stopping.signal.aborted) state.change({ ...state.current(), ...part });
  };
  const write = (part: Partial<Draft>) => {
    const draft = { ...state.current().draft, ...part };
    keepDraft(orderId, draft);
    change({ draft });
  };
  const learnDecision = (decision: Decision | null) => {
    change({ decision });
    if (decision === null) return;
    const { sending, draft } = state.current();
    const intent = sending ?? (draft.isUnsent ? draft.intent : null);
    // What this page sent has arrived, also where its answer was lost.
    const isOurs =
      intent !== null && KINDS[intent] === decision.kind && (decision.reason ?? '') === draft.note;
    write(isOurs ? NO_DRAFT : { isUnsent: false });
  };
  const learn = (order: Order) => {
    seen(order);
    const { orderDetails: details, requestedBy, createdAt, decision } = order;
    change({ order, details, requestedBy, createdAt });
    learnDecision(decision);
  };
  const looking = { isUnderWay: false, isOld: false };
  /** Events tell the status; details, an early decision and what was verified are in the order alone. */
  const look = async (): Promise<void> => {
    looking.isOld = looking.isUnderWay; // something happened while the answer was on its way
    if (looking.isUnderWay) return;
    looking.isUnderWay = true;
    const order = await client.order(orderId, stopping).catch(() => null);
    looking.isUnderWay = false;
    if (order !== null) learn(order);
    if (looking.isOld) await look();
  };
  const lookWhenLive = () => {
    const isLive = client.connection.current().name === 'live';
    if (isLive && state.current().details === undefined) void look();
  };
  const unsubscribe = client.connection.subscribe(lookWhenLive);
  stopping.signal.addEventListener('abort', unsubscribe);
  const follow = async () => {
    for await (const event of client.watchOrder(orderId, stopping)) {
      change({ history: [...state.current().history, event] });
      const decision = state.current().decision ?? decisionOf(event);
      if (decision !== null) learnDecision(decision);
      void look();
    }
  };
  const failed = (error: unknown): AnyClientError => {
    if (!isClientError(error)) throw error;
    return error;
  };
  follow().catch((error: unknown) => change({ error: failed(error) }));
  return {
    ...state,
    write,
    stop: () => stopping.abort(),
    decide: async (intent, decidedBy) => {
      const { note } = state.current().draft;
      change({ sending: intent, refusal: null });
      write({ intent, isUnsent: true });
      try {
        learn(await send(client, orderId, { intent, decidedBy, reason: note }));
      } catch (error) {
        const refusal = failed(error);
        change({ refusal });
        if (!refusal.retryable) write({ isUnsent: false });
        if (refusal.type === 'OrderAlreadyDecided') learnDecision(refusal.decision);
      } finally {
        change({ sending: null });
      }
    },
  };
}

type Claim = { readonly intent: Intent; readonly decidedBy: string; readonly reason: string };

function send(client: Client, orderId: string, { intent, decidedBy, reason }: Claim): Promise<Order> {
  const input = { orderId, decidedBy, ...(reason === '' ? {} : { reason }) };
  if (intent === 'cancel') return client.cancelOrder(input);
  return client.confirmOrder({ ...input, isConfirmed: intent === 'confirm' });
}
