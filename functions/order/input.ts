import type { ConfirmOrderInput, ProcessOrderInput } from '../../schema.generated.ts';
import { ValidationError } from './errors.ts';
import { MAX_CLAIM_CHARACTERS, MAX_ORDER_DETAILS_BYTES } from './limits.ts';
import { quote } from './quote.ts';

export function parseOrderDetails(value: unknown): string | null {
  const details = parseText(value, 'orderDetails');
  const bytes = Buffer.byteLength(details ?? '', 'utf8');
  if (bytes <= MAX_ORDER_DETAILS_BYTES) return details;
  throw new ValidationError(
    `orderDetails must be at most ${MAX_ORDER_DETAILS_BYTES} bytes of UTF-8; got ${bytes}: ${quote(value)}.`,
  );
}

/** A name or a reason as the caller gives it. A claim, because an API key does not identify a person. */
export function parseClaim(
  value: unknown,
  name: keyof ProcessOrderInput | keyof ConfirmOrderInput,
): string | null {
  const claim = parseText(value, name);
  const characters = [...(claim ?? '')].length;
  if (characters <= MAX_CLAIM_CHARACTERS) return claim;
  throw new ValidationError(
    `${name} must be at most ${MAX_CLAIM_CHARACTERS} characters; got ${characters}: ${quote(value)}.`,
  );
}

export function parseConfirmed(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new ValidationError(`isConfirmed must be true or false; got ${quote(value)}.`);
}

function parseText(value: unknown, name: string): string | null {
  if (value === undefined || value === null || typeof value === 'string') return value ?? null;
  throw new ValidationError(`${name} must be a string; got ${quote(value)}.`);
}
