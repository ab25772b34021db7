/** The API's types as a frontend sees them; a test holds them to the schema. */
export type OrderStatus =
  | 'RECEIVED'
  | 'PROCESSING'
  | 'PAUSED'
  | 'CONFIRMED'
  | 'COMPLETED'
  | 'REJECTED'
  | 'EXPIRED'
  | 'CANCELLED'
  | 'FAILED';

export type DecisionKind = 'CONFIRMED' | 'REJECTED' | 'CANCELLED' | 'EXPIRED' | 'FAILED';

export type Decision = {
  readonly kind: DecisionKind;
  readonly decidedBy: string | null;
  readonly reason: string | null;
  readonly at: string;
};

export type OrderStatusEvent = {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly version: number;
  readonly at: string;
  readonly reason: string | null;
  readonly decidedBy: string | null;
  readonly deadline: string | null;
  readonly reminder: number | null;
};

export type Order = {
  readonly orderId: string;
  readonly orderDetails: string | null;
  readonly status: OrderStatus;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deadline: string | null;
  readonly decision: Decision | null;
  readonly history: readonly OrderStatusEvent[];
};

export type OrderPage = { readonly items: readonly Order[]; readonly nextToken: string | null };

export type ProcessOrderInput = { readonly orderId?: string; readonly orderDetails?: string };
export type ConfirmOrderInput = {
  readonly orderId: string;
  readonly isConfirmed: boolean;
  readonly decidedBy?: string;
  readonly reason?: string;
};
export type CancelOrderInput = {
  readonly orderId: string;
  readonly decidedBy?: string;
  readonly reason?: string;
};
export type PendingOrdersInput = { readonly limit?: number; readonly nextToken?: string };

const FINAL = {
  RECEIVED: false,
  PROCESSING: false,
  PAUSED: false,
  CONFIRMED: false,
  COMPLETED: true,
  REJECTED: true,
  EXPIRED: true,
  CANCELLED: true,
  FAILED: true,
} satisfies Record<OrderStatus, boolean>;

/** Whether an order with this status will never change again. */
export function isFinal(status: OrderStatus): boolean {
  return FINAL[status];
}
