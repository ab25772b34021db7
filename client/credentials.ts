import { fieldsOf, parseJson } from './answers/json.ts';
import { Unauthorized } from './errors.ts';
import type { TokenSource } from './platform.ts';

/** What a request or a connection shows of the caller: headers over HTTP, fields of an object over the socket. */
export type Credential = {
  readonly headers: Readonly<Record<string, string>>;
  /** In milliseconds since 1970; null where the credential does not say. */
  readonly expiresAt: number | null;
};

/** Whether an HTTP header can hold it. */
export function isHeader(value: unknown): value is string {
  return typeof value === 'string' && /^[!-~]+$/.test(value);
}

/** The token where there is one, otherwise the API key. */
export async function credentialOf(
  apiKey: string | undefined,
  token: TokenSource | undefined,
): Promise<Credential> {
  const current = (await token?.()) ?? null;
  if (isHeader(current)) return { headers: { Authorization: current }, expiresAt: expiryOf(current) };
  if (current === null && apiKey !== undefined) return { headers: { 'x-api-key': apiKey }, expiresAt: null };
  throw new Unauthorized('Unauthorized', 'token returned no usable token.');
}

/** Of a JSON Web Token its `exp`. */
function expiryOf(token: string): number | null {
  try {
    const payload = String(token.split('.')[1]).replaceAll('-', '+').replaceAll('_', '/');
    const { exp } = fieldsOf(parseJson(atob(payload)));
    return typeof exp === 'number' ? exp * 1000 : null;
  } catch {
    return null;
  }
}
