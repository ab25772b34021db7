import { createAsk } from './ask.ts';
import type { ObservableConnection } from './connectionState.ts';
import { realtimeUrlOf } from './endpoints.ts';
import {
  PLATFORM_TIMERS,
  type Environment,
  type Fetch,
  type SocketConstructor,
  type Timers,
} from './environment.ts';
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
import { createRealtime } from './realtime/createRealtime.ts';
import { watchOrder } from './watch/watchOrder.ts';
import { watchOrders } from './watch/watchOrders.ts';
import type { WatchOptions } from './watch/watching.ts';

export type ClientOptions = {
  /** The GraphQL address: AppSync's own, a custom domain's, or the local cloud's. */
  readonly url: string;
  readonly apiKey: string;
  /** Where the realtime socket is, when it cannot be told from `url`. */
  readonly realtimeUrl?: string | undefined;
  readonly fetch?: Fetch | undefined;
  /** Node has one from version 22 on. */
  readonly WebSocket?: SocketConstructor | undefined;
  readonly timers?: Timers | undefined;
  readonly random?: (() => number) | undefined;
};

export type CallOptions = { readonly signal?: AbortSignal };

/** Calls throw one of `AnyClientError`; a mutation that was lost on its way may be repeated safely. */
export type Client = {
  readonly processOrder: (input: ProcessOrderInput, options?: CallOptions) => Promise<Order>;
  readonly confirmOrder: (input: ConfirmOrderInput, options?: CallOptions) => Promise<Order>;
  readonly cancelOrder: (input: CancelOrderInput, options?: CallOptions) => Promise<Order>;
  readonly order: (orderId: string, options?: CallOptions) => Promise<Order | null>;
  readonly pendingOrders: (input?: QueryPendingOrdersArgs, options?: CallOptions) => Promise<OrderPage>;
  /** The orders that have ended, the newest first. */
  readonly endedOrders: (input?: QueryEndedOrdersArgs, options?: CallOptions) => Promise<OrderPage>;
  /** Every version of one order, each once and in order, until its last; OrderNotFound when there is none. */
  readonly watchOrder: (orderId: string, options?: WatchOptions) => OrderEvents;
  /** The same for every order that is paused now or moves from now on; ends only by the signal. */
  readonly watchOrders: (options?: WatchOptions) => OrderEvents;
  readonly connection: ObservableConnection;
  /** Connects at once where the next try is still to come; changes nothing while connected. */
  readonly reconnect: () => void;
};

export type OrderEvents = AsyncIterableIterator<OrderStatusEvent, undefined>;

export function createClient(options: ClientOptions): Client {
  const environment = environmentOf(options);
  const ask = createAsk(environment);
  const realtime = createRealtime(environment);
  const watching = { environment, ask, realtime };
  return {
    processOrder: (input, { signal } = {}) => ask('processOrder', { input }, signal),
    confirmOrder: (input, { signal } = {}) => ask('confirmOrder', { input }, signal),
    cancelOrder: (input, { signal } = {}) => ask('cancelOrder', { input }, signal),
    order: (orderId, { signal } = {}) => ask('order', { orderId }, signal),
    pendingOrders: (input = {}, { signal } = {}) => ask('pendingOrders', input, signal),
    endedOrders: (input = {}, { signal } = {}) => ask('endedOrders', input, signal),
    watchOrder: (orderId, watchOptions = {}) => watchOrder(watching, orderId, watchOptions),
    watchOrders: (watchOptions = {}) => watchOrders(watching, watchOptions),
    connection: realtime.connection,
    reconnect: realtime.reconnect,
  };
}

function environmentOf(options: ClientOptions): Environment {
  const Socket = options.WebSocket ?? (globalThis.WebSocket as SocketConstructor | undefined);
  if (Socket === undefined) {
    throw new TypeError(
      'This platform has no WebSocket: give one to createClient, such as that of the package ws.',
    );
  }
  return {
    url: options.url,
    apiKey: options.apiKey,
    realtimeUrl: options.realtimeUrl ?? realtimeUrlOf(options.url),
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    WebSocket: Socket,
    timers: options.timers ?? PLATFORM_TIMERS,
    random: options.random ?? Math.random,
  };
}
