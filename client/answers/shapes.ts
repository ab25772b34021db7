import { IS_FINAL } from '../orderStatus.ts';
import type { Decision, DecisionKind, Order, OrderPage, OrderStatusEvent } from '../schema.generated.ts';
import { keyOf, list, nullable, object, scalar } from './shape.ts';

const DECISION_KINDS = {
  CONFIRMED: true,
  REJECTED: true,
  EXPIRED: true,
  CANCELLED: true,
  FAILED: true,
} satisfies Record<DecisionKind, true>;

const TEXT = scalar((answer): answer is string => typeof answer === 'string');
const WHOLE = scalar((answer): answer is number => Number.isInteger(answer));
const FLAG = scalar((answer): answer is boolean => typeof answer === 'boolean');
const STATUS = keyOf(IS_FINAL);
const KIND = keyOf(DECISION_KINDS);

/** The types of the API as the client selects and reads them. A field that is added here is in every answer. */
export const EVENT = object<OrderStatusEvent>({
  orderId: TEXT,
  status: STATUS,
  version: WHOLE,
  at: TEXT,
  reason: nullable(TEXT),
  decidedBy: nullable(TEXT),
  deadline: nullable(TEXT),
  reminder: nullable(WHOLE),
});

export const DECISION = object<Decision>({
  kind: KIND,
  decidedBy: nullable(TEXT),
  isVerified: FLAG,
  reason: nullable(TEXT),
  at: TEXT,
});

export const ORDER = object<Order>({
  orderId: TEXT,
  orderDetails: nullable(TEXT),
  requestedBy: nullable(TEXT),
  isRequesterVerified: FLAG,
  status: STATUS,
  version: WHOLE,
  createdAt: TEXT,
  updatedAt: TEXT,
  deadline: nullable(TEXT),
  decision: nullable(DECISION),
  history: list(EVENT),
});

/** Of an order, what moves. */
export const HISTORY = object<Pick<Order, 'history'>>({ history: list(EVENT) });

export const ORDER_PAGE = object<OrderPage>({ items: list(ORDER), nextToken: nullable(TEXT) });
