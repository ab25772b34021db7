import type { Decision } from './schema.generated.ts';

/** Why a call failed. `type` tells the kinds apart; `retryable` says whether the same call may work later. */
export class ClientError<Type extends string = string> extends Error {
  readonly type: Type;
  readonly retryable: boolean;

  constructor(type: Type, message: string, retryable = false, options?: ErrorOptions) {
    super(message, options);
    this.name = type;
    this.type = type;
    this.retryable = retryable;
  }
}

export class ValidationError extends ClientError<'ValidationError'> {}
export class OrderNotFound extends ClientError<'OrderNotFound'> {}
export class OrderAlreadyExists extends ClientError<'OrderAlreadyExists'> {}
export class Throttled extends ClientError<'Throttled'> {}
export class Unauthorized extends ClientError<'Unauthorized'> {}
export class InternalError extends ClientError<'InternalError'> {}

/** The API could not be reached, or its answer was lost: nobody knows whether the call was done. Repeating it is safe. */
export class Unreachable extends ClientError<'Unreachable'> {}

/** Somebody else decided first; `decision` is the one that stands. */
export class OrderAlreadyDecided extends ClientError<'OrderAlreadyDecided'> {
  readonly decision: Decision;

  constructor(message: string, decision: Decision) {
    super('OrderAlreadyDecided', message);
    this.decision = decision;
  }
}

/** Every error that a call or a watch may throw. */
export type AnyClientError =
  | ValidationError
  | OrderNotFound
  | OrderAlreadyExists
  | OrderAlreadyDecided
  | Throttled
  | Unauthorized
  | InternalError
  | Unreachable;

/** Whether a caught value is one of the errors above; `error.type` then tells which. */
export function isClientError(error: unknown): error is AnyClientError {
  return error instanceof ClientError;
}
