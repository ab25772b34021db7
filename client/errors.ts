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

/** An argument is not as the API wants it, or GraphQL refused the request; the message names what is wrong. */
export class ValidationError extends ClientError<'ValidationError'> {}
/** No order has this id. */
export class OrderNotFound extends ClientError<'OrderNotFound'> {}
/** Another order, with other details, has this id. */
export class OrderAlreadyExists extends ClientError<'OrderAlreadyExists'> {}
/** This person may not decide this order, such as the one who placed it. */
export class NotAllowed extends ClientError<'NotAllowed'> {}
/** Too many requests at once; `retryable`. */
export class Throttled extends ClientError<'Throttled'> {}
/** The API key or the token is wrong, has expired, or may not do this. */
export class Unauthorized extends ClientError<'Unauthorized'> {}
/** The API failed; the message has an id by which its operator finds the cause. */
export class InternalError extends ClientError<'InternalError'> {}

/**
 * The API could not be reached, or its answer was lost, so that the call may have been done; `retryable`, and repeating
 * it is safe.
 */
export class Unreachable extends ClientError<'Unreachable'> {}

/** The order was decided otherwise before; `decision` is the one that stands. */
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
  | NotAllowed
  | Throttled
  | Unauthorized
  | InternalError
  | Unreachable;

/** Whether trying again would fail again. */
export function isHopeless({ type, retryable }: ClientError): boolean {
  return !retryable && /^(?:Unauth|Valid|OrderNot)/.test(type);
}

/** Whether a caught value is one of the errors above; `error.type` then tells which. */
export function isClientError(error: unknown): error is AnyClientError {
  return error instanceof ClientError;
}
