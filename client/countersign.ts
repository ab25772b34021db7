/** Everything that `@countersign/client` exports. */
export { createClient } from './createClient.ts';
export type { CallOptions, Client, OrderEvents, WatchOptions } from './client.ts';
export type { ConnectionState, ObservableConnection } from './connectionState.ts';
export type { ClientOptions } from './options.ts';
export type { Fetch, Socket, SocketConstructor, TokenSource } from './platform.ts';
export {
  ClientError,
  InternalError,
  isClientError,
  NotAllowed,
  OrderAlreadyDecided,
  OrderAlreadyExists,
  OrderNotFound,
  Throttled,
  Unauthorized,
  Unreachable,
  ValidationError,
} from './errors.ts';
export type { AnyClientError } from './errors.ts';
export { isFinal } from './orderStatus.ts';
export type {
  CancelOrderInput,
  ConfirmOrderInput,
  Decision,
  DecisionKind,
  Order,
  OrderPage,
  OrderStatus,
  OrderStatusEvent,
  ProcessOrderInput,
  QueryEndedOrdersArgs as EndedOrdersInput,
  QueryPendingOrdersArgs as PendingOrdersInput,
} from './schema.generated.ts';
