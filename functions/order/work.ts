import type { Order } from '../../schema.generated.ts';

/** Work of your own on an order. It may run twice, so let the second run change nothing. */
export type Work = (order: Order) => Promise<void>;
