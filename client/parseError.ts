import {
  InternalError,
  OrderAlreadyDecided,
  OrderAlreadyExists,
  OrderNotFound,
  Throttled,
  Unauthorized,
  ValidationError,
  type AnyClientError,
} from './errors.ts';
import type { Decision } from './schema.generated.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The typed error of an entry of GraphQL's `errors`, of an HTTP refusal or of a realtime frame. */
export function parseError(value: unknown): AnyClientError {
  const { errorType, message, errorInfo, errorCode } = fieldsOf(value);
  const { retryable, decision } = fieldsOf(errorInfo);
  const text = typeof message === 'string' ? message : 'The API refused without a reason.';
  const mayRetry = retryable === true;
  const type = String(errorType ?? '');
  if (type === 'ValidationError') return new ValidationError(type, text, mayRetry);
  if (type === 'OrderNotFound') return new OrderNotFound(type, text, mayRetry);
  if (type === 'OrderAlreadyExists') return new OrderAlreadyExists(type, text, mayRetry);
  if (type === 'OrderAlreadyDecided' && isDecision(decision)) return new OrderAlreadyDecided(text, decision);
  if (/^(?:Unauthorized|NotAuthorized|Forbidden)/.test(type) || errorCode === 401 || errorCode === 403)
    return new Unauthorized('Unauthorized', text);
  if (/Throttl|LimitExceeded|TooManyRequests|MaxSubscriptions/.test(type) || errorCode === 429)
    return new Throttled('Throttled', text, true);
  return new InternalError('InternalError', text, mayRetry);
}

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function isDecision(value: unknown): value is Decision {
  return typeof fieldsOf(value)['kind'] === 'string';
}
