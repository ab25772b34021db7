import { fieldsOf } from '../answers/json.ts';

/** What a frame carries. */
export type Payload = Readonly<Record<string, unknown>>;

/** Why the service refused. AppSync sends a list of errors, and for a single one an object. */
export function reasonIn({ errors }: Payload): Payload {
  return fieldsOf(Array.isArray(errors) ? errors[0] : errors);
}

/** How long the service may be silent, in milliseconds; null where it does not say. */
export function timeoutIn({ connectionTimeoutMs }: Payload): number | null {
  return typeof connectionTimeoutMs === 'number' && connectionTimeoutMs > 0 ? connectionTimeoutMs : null;
}
