import type { Decision, DecisionKind, OrderStatus } from '../../schema.generated.ts';
import { quote } from './quote.ts';

/** What a caller of the API can act on: `type` is the GraphQL errorType. */
export abstract class OrderError extends Error {
  abstract readonly type: string;
  readonly decision: Decision | null = null;
}

export class ValidationError extends OrderError {
  readonly type = 'ValidationError';
}

export class OrderNotFound extends OrderError {
  readonly type = 'OrderNotFound';
  override readonly name = 'OrderNotFound';
  constructor(orderId: string) {
    super(`There is no order ${quote(orderId)}.`);
  }
}

export class OrderAlreadyExists extends OrderError {
  readonly type = 'OrderAlreadyExists';
  constructor(orderId: string) {
    super(`There is an order ${quote(orderId)} with other details already.`);
  }
}

export class OrderAlreadyDecided extends OrderError {
  readonly type = 'OrderAlreadyDecided';
  override readonly decision: Decision;
  constructor(orderId: string, standing: Decision, wanted: DecisionKind) {
    super(
      `Order ${quote(orderId)} is ${standing.kind} since ${standing.at}; it cannot be ${wanted} any more.`,
    );
    this.decision = standing;
  }
}

/** A bug or a broken record, never a caller's mistake. */
export class IllegalMove extends Error {
  override readonly name = 'IllegalMove';
  constructor(orderId: string, from: OrderStatus, to: OrderStatus) {
    super(`Order ${quote(orderId)} is ${from}; it cannot become ${to}.`);
  }
}

/** A stored object or an event that is not what this program writes. It names the field, never its value. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}
