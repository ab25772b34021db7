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
    super(`Order ${quote(orderId)} does not exist.`);
  }
}

export class OrderAlreadyExists extends OrderError {
  readonly type = 'OrderAlreadyExists';
  constructor(orderId: string) {
    super(`Order ${quote(orderId)} already exists with different details.`);
  }
}

export class OrderAlreadyDecided extends OrderError {
  readonly type = 'OrderAlreadyDecided';
  override readonly decision: Decision;
  constructor(orderId: string, standing: Decision, wanted: DecisionKind) {
    super(`Order ${quote(orderId)} was ${standing.kind} at ${standing.at} and can no longer be ${wanted}.`);
    this.decision = standing;
  }
}

/** The order and its decision are in order; this caller is not the one to make it. */
export class NotAllowed extends OrderError {
  readonly type = 'NotAllowed';
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
