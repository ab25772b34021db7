import type { Order } from '../../schema.generated.ts';

/** What the workflow writes of an order: its status and its history. What it is about stands in the request. */
export type OrderRecord = Omit<Order, 'orderDetails' | 'requestedBy' | 'isRequesterVerified'>;
