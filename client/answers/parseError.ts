import {
  InternalError,
  NotAllowed,
  OrderAlreadyDecided,
  OrderAlreadyExists,
  OrderNotFound,
  Throttled,
  Unauthorized,
  ValidationError,
  type AnyClientError,
} from '../errors.ts';
import { fieldsOf } from './json.ts';
import { DECISION } from './shapes.ts';

/** The typed error of an entry of GraphQL's `errors`, of an HTTP refusal or of a realtime frame. */
export function parseError(value: unknown): AnyClientError {
  const { errorType, message, errorInfo, errorCode = 200, path } = fieldsOf(value);
  const { retryable, decision } = fieldsOf(errorInfo);
  const mayRetry = retryable === true;
  // AppSync names no type, and no field, where a document or its variables do not fit the schema: there the code decides.
  const type = String(errorType ?? (Array.isArray(path) ? '' : errorCode));
  const text = String(message ?? type);
  if (type === 'OrderNotFound') return new OrderNotFound(type, text);
  if (type === 'OrderAlreadyExists') return new OrderAlreadyExists(type, text);
  if (type === 'NotAllowed') return new NotAllowed(type, text);
  if (type === 'OrderAlreadyDecided') return new OrderAlreadyDecided(text, DECISION.parse(decision, type));
  if (/^(?:Unauth|NotAuth|Forbidden|401|403)/.test(type)) return new Unauthorized('Unauthorized', text);
  if (/Throttl|LimitExceeded|TooMany|MaxSub|429/.test(type)) return new Throttled('Throttled', text, true);
  if (/^(?:Validation|Unsupported|BadRequest|Malformed|[24]00)/.test(type))
    return new ValidationError('ValidationError', text, mayRetry);
  return new InternalError('InternalError', text, mayRetry);
}
