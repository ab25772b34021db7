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
  /** Somebody else decided before what this page has sent. */
  readonly isLate: boolean;
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
export function createOrderModel(options: OrderModelOptions): OrderModel {
  const { client, orderId, seen } = options;
  const state = createChangeable(firstState(options));
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
    const isNews = state.current().decision === null;
    change({ decision });
    if (decision === null) return;
    const { sending, draft } = state.current();
    const intent = sending ?? (draft.isUnsent ? draft.intent : null);
    // What this page sent has arrived, also where its answer was lost.
    const isOurs =
      intent !== null && KINDS[intent] === decision.kind && (decision.reason ?? '') === draft.note;
    if (isNews && intent !== null) change({ isLate: !isOurs });
    write(isOurs ? NO_DRAFT : { isUnsent: false });
  };
  const learn = (order: Order) => {
    seen(order);
    const { orderDetails: details, requestedBy, createdAt, decision } = order;
    change({ order, details, requestedBy, createdAt });
    learnDecision(decision);
  };
  /** Events tell the status; details, an early decision and what was verified are in the order alone. */
  const look = oneAtATime(async () => {
    const order = await client.order(orderId, stopping).catch(() => null);
    if (order !== null) learn(order);
  });
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
  follow().catch((error: unknown) => change({ error: failed(error) }));
  return {
    ...state,
    write,
    stop: () => stopping.abort(),
    decide: decideWith({ client, orderId, state, change, write, learn, learnDecision }),
  };
}

type Deciding = {
  readonly client: Client;
  readonly orderId: string;
  readonly state: Observable<OrderState>;
  readonly change: (part: Partial<OrderState>) => void;
  readonly write: (part: Partial<Draft>) => void;
  readonly learn: (order: Order) => void;
  readonly learnDecision: (decision: Decision) => void;
};

/** Sends a decision. A draft whose answer was lost stays unsent, to be sent again. */
function decideWith({
  client,
  orderId,
  state,
  change,
  write,
  learn,
  learnDecision,
}: Deciding): OrderModel['decide'] {
  return async (intent, decidedBy) => {
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
  };
}

function firstState({ known, orderId }: OrderModelOptions): OrderState {
  return {
    history: [],
    details: known?.details,
    requestedBy: known?.requestedBy ?? null,
    order: null,
    createdAt: known?.createdAt ?? null,
    decision: known?.decision ?? null,
    draft: readDraft(orderId),
    isLate: false,
    sending: null,
    refusal: null,
    error: null,
  };
}

/** Asked for while it runs, the work runs once more: something happened while its answer was on its way. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let isUnderWay = false;
  let isOld = false;
  return async function run(): Promise<void> {
    isOld = isUnderWay;
    if (isUnderWay) return;
    isUnderWay = true;
    await work();
    isUnderWay = false;
    if (isOld) await run();
  };
}

function failed(error: unknown): AnyClientError {
  if (!isClientError(error)) throw error;
  return error;
}

type Claim = { readonly intent: Intent; readonly decidedBy: string; readonly reason: string };

function send(client: Client, orderId: string, { intent, decidedBy, reason }: Claim): Promise<Order> {
  const input = { orderId, decidedBy, ...(reason === '' ? {} : { reason }) };
  if (intent === 'cancel') return client.cancelOrder(input);
  return client.confirmOrder({ ...input, isConfirmed: intent === 'confirm' });
}
