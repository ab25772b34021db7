import {
  type AnyClientError,
  type Client,
  ClientError,
  type Decision,
  type Order,
  OrderAlreadyDecided,
  type OrderStatusEvent,
} from '../../client/countersign.ts';
import { createChangeable, type Observable } from './observable.ts';

/** What the person is doing about the order right now. */
export type Intent = 'confirm' | 'reject' | 'cancel';

export type OrderState = {
  readonly history: readonly OrderStatusEvent[];
  readonly details: string | null | undefined;
  readonly decision: Decision | null;
  /** A decision of this page that is under way. */
  readonly sending: Intent | null;
  /** Why the last attempt of this page came to nothing. */
  readonly refusal: AnyClientError | null;
  /** Why the order cannot be shown. */
  readonly error: AnyClientError | null;
};

export type Claim = { readonly decidedBy: string; readonly reason: string };

export type OrderModel = Observable<OrderState> & {
  readonly decide: (intent: Intent, claim: Claim) => Promise<void>;
  readonly stop: () => void;
};

export type OrderModelOptions = {
  readonly client: Client;
  readonly orderId: string;
  /** What the order is about, where the list knows it already. */
  readonly knownDetails: string | null | undefined;
  readonly seen: (order: Order) => void;
};

const EMPTY: OrderState = {
  history: [],
  details: undefined,
  decision: null,
  sending: null,
  refusal: null,
  error: null,
};

/** One order as it happens, and what can be done about it. */
export function createOrderModel({ client, orderId, knownDetails, seen }: OrderModelOptions): OrderModel {
  const state = createChangeable<OrderState>({ ...EMPTY, details: knownDetails });
  const stopping = new AbortController();
  const change = (part: Partial<OrderState>) => {
    if (!stopping.signal.aborted) state.change({ ...state.current(), ...part });
  };
  const learn = (order: Order) => {
    seen(order);
    change({ details: order.orderDetails, decision: order.decision });
  };
  let isLooking = false;
  /** Events tell the status; details and an early decision are in the order alone. */
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    const order = await client.order(orderId, stopping).catch(() => null);
    isLooking = false;
    if (order !== null) learn(order);
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
      void look();
    }
  };
  follow().catch((error: unknown) => {
    if (!(error instanceof ClientError)) throw error;
    change({ error: error as AnyClientError });
  });
  return {
    ...state,
    stop: () => stopping.abort(),
    decide: async (intent, claim) => {
      change({ sending: intent, refusal: null });
      try {
        learn(await send(client, orderId, { intent, ...claim }));
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        change({ refusal: error as AnyClientError });
        if (error instanceof OrderAlreadyDecided) change({ decision: error.decision });
      } finally {
        change({ sending: null });
      }
    },
  };
}

function send(
  client: Client,
  orderId: string,
  { intent, decidedBy, reason }: Claim & { intent: Intent },
): Promise<Order> {
  const input = {
    orderId,
    ...(decidedBy === '' ? {} : { decidedBy }),
    ...(reason === '' ? {} : { reason }),
  };
  if (intent === 'cancel') return client.cancelOrder(input);
  return client.confirmOrder({ ...input, isConfirmed: intent === 'confirm' });
}
