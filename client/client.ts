import type { ObservableConnection } from './connectionState.ts';
import type {
  CancelOrderInput,
  ConfirmOrderInput,
  Order,
  OrderPage,
  OrderStatusEvent,
  ProcessOrderInput,
  QueryEndedOrdersArgs,
  QueryPendingOrdersArgs,
} from './schema.generated.ts';

export type CallOptions = {
  /** Gives the call up: its promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How many times to repeat the call after an error that is `retryable`, such as an answer that was lost on its way;
   * 0 if left out. Repeating is safe, for mutations too: an order without an id gets one before the first try.
   */
  readonly retries?: number | undefined;
};

export type WatchOptions = {
  /** Ends the iteration quietly. */
  readonly signal?: AbortSignal | undefined;
};

export type OrderEvents = AsyncIterableIterator<OrderStatusEvent, undefined>;

/** Every call throws one of `AnyClientError`. */
export type Client = {
  /**
   * Starts an order. The same order again answers the order as it stands now.
   * @example const { orderId } = await client.processOrder({ orderDetails: 'Twelve office chairs' });
   */
  readonly processOrder: (input: ProcessOrderInput, options?: CallOptions) => Promise<Order>;
  /**
   * Confirms a paused order, or rejects it. The same decision again answers the order; another one is refused with
   * OrderAlreadyDecided, which carries the decision that stands.
   * @example await client.confirmOrder({ orderId, isConfirmed: true, decidedBy: 'Ada' }, { retries: 3 });
   */
  readonly confirmOrder: (input: ConfirmOrderInput, options?: CallOptions) => Promise<Order>;
  /**
   * Cancels an order that waits for its confirmation.
   * @example await client.cancelOrder({ orderId, decidedBy: 'Grace', reason: 'Ordered twice' });
   */
  readonly cancelOrder: (input: CancelOrderInput, options?: CallOptions) => Promise<Order>;
  /**
   * One order with its history, or null where no order has this id.
   * @example const order = await client.order('chairs-1');
   */
  readonly order: (orderId: string, options?: CallOptions) => Promise<Order | null>;
  /**
   * A page of the orders that wait for a decision, the nearest deadline first.
   * @example const { items, nextToken } = await client.pendingOrders({ limit: 50 });
   */
  readonly pendingOrders: (input?: QueryPendingOrdersArgs, options?: CallOptions) => Promise<OrderPage>;
  /**
   * A page of the orders that have ended, the newest first.
   * @example const { items } = await client.endedOrders();
   */
  readonly endedOrders: (input?: QueryEndedOrdersArgs, options?: CallOptions) => Promise<OrderPage>;
  /**
   * Every version of one order, each once and in order, until its last. OrderNotFound where there is no such order.
   * @example for await (const { version, status } of client.watchOrder('chairs-1')) console.log(version, status);
   */
  readonly watchOrder: (orderId: string, options?: WatchOptions) => OrderEvents;
  /**
   * Every version of every order that is paused now or moves from now on, of each order in order. Ends by the signal.
   * @example for await (const { orderId, status } of client.watchOrders({ signal })) console.log(orderId, status);
   */
  readonly watchOrders: (options?: WatchOptions) => OrderEvents;
  /**
   * How live the watches are.
   * @example const stop = client.connection.subscribe(() => console.log(client.connection.current().name));
   */
  readonly connection: ObservableConnection;
  /**
   * Connects at once where the client waits for its next try; changes nothing while connected.
   * @example button.onclick = client.reconnect;
   */
  readonly reconnect: () => void;
};
