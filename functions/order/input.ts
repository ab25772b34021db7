import { ValidationError } from './errors.ts';
import { quote } from './quote.ts';

const ORDER_DETAILS_BYTES = 16_384; // 16 KiB of UTF-8: many fit into one Step Functions payload or AppSync event
const CLAIM_CHARACTERS = 256;

export function parseOrderDetails(value: unknown): string | null {
  const details = parseText(value, 'orderDetails');
  const bytes = Buffer.byteLength(details ?? '', 'utf8');
  if (bytes <= ORDER_DETAILS_BYTES) return details;
  throw new ValidationError(
    `orderDetails ${quote(value)} has ${bytes} bytes of UTF-8; at most ${ORDER_DETAILS_BYTES} are allowed.`,
  );
}

/** What a caller says about a decision: who, or why. An API key names no person, so it is a claim. */
export function parseClaim(value: unknown, name: 'decidedBy' | 'reason'): string | null {
  const claim = parseText(value, name);
  const characters = [...(claim ?? '')].length;
  if (characters <= CLAIM_CHARACTERS) return claim;
  throw new ValidationError(
    `${name} ${quote(value)} has ${characters} characters; at most ${CLAIM_CHARACTERS} are allowed.`,
  );
}

export function parseConfirmed(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new ValidationError(`isConfirmed ${quote(value)} is not allowed: it is true or false.`);
}

function parseText(value: unknown, name: string): string | null {
  if (value === undefined || value === null || typeof value === 'string') return value ?? null;
  throw new ValidationError(`${name} ${quote(value)} is not allowed: it is a text.`);
}
