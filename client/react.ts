/** Everything that `@countersign/client/react` exports. */
export { useConnection } from './react/useConnection.ts';
export { useOrder } from './react/useOrder.ts';
export type { OrderView } from './react/useOrder.ts';
export { usePendingOrders } from './react/usePendingOrders.ts';
export type { PendingOrdersOptions, PendingOrdersView } from './react/usePendingOrders.ts';
