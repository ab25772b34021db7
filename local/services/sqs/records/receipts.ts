import { randomBytes } from 'node:crypto';

/** What a receipt handle says: the row of its message, and a secret that only the last receiver has. */
export type Receipt = { readonly id: number; readonly secret: string };

const SECRET_BYTES = 96;

/** A new receipt for a message, and the handle that says it. */
export function makeReceipt(id: number): Receipt & { readonly handle: string } {
  const secret = randomBytes(SECRET_BYTES).toString('base64');
  return { id, secret, handle: `${Buffer.from(String(id)).toString('base64url')}.${secret}` };
}

/** Null for a text that never was a receipt handle. */
export function parseReceiptHandle(handle: string): Receipt | null {
  const [, id = '', secret = ''] = /^([\w-]{2,24})\.([A-Za-z0-9+/=]{128})$/.exec(handle) ?? [];
  const number = Number(Buffer.from(id, 'base64url').toString('latin1') || Number.NaN);
  return Number.isSafeInteger(number) ? { id: number, secret } : null;
}
