import { isObject, parseJsonObject } from '../../../ground/json.ts';
import type { IncomingMessage } from 'node:http';
import type { SignedRequest } from '../../../wire/signature/signature.ts';

/** The fields that carry credentials, names in lower case. */
export type AuthFields = Readonly<Record<string, string>>;

/**
 * The three ways in which a client may pass its credentials: a subprotocol `header-…`, the query parameter `header`,
 * or plain headers of the upgrade. Null when there are none.
 */
export function authOfUpgrade({ headers, url = '' }: IncomingMessage): AuthFields | null {
  const protocol = (headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .find((name) => name.startsWith('header-'));
  if (protocol !== undefined) return decoded(protocol.slice('header-'.length));
  const mark = url.indexOf('?');
  const inQuery = mark < 0 ? null : new URLSearchParams(url.slice(mark + 1)).get('header');
  return inQuery === null ? parseAuthFields(headers) : decoded(inQuery.replaceAll(' ', '+'));
}

/** Real clients send some names twice, in different cases; the first counts. Null when no credential is there. */
export function parseAuthFields(value: unknown): AuthFields | null {
  if (!isObject(value)) return null;
  const fields: Record<string, string> = Object.create(null);
  for (const [name, text] of Object.entries(value)) {
    if (typeof text === 'string') fields[name.toLowerCase()] ??= text;
  }
  return fields['x-api-key'] === undefined && fields['authorization'] === undefined ? null : fields;
}

/** The POST that a client signs instead of the frame or the upgrade that it sends. */
export function signedRequest(fields: AuthFields, path: string, body: string): SignedRequest {
  const signed = /SignedHeaders=([^,\s]+)/.exec(fields['authorization'] ?? '')?.[1]?.split(';') ?? [];
  const names = [...signed, 'authorization', 'x-api-key', 'x-amz-date', 'x-amz-security-token'];
  const headers = Object.fromEntries(
    names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
  );
  return { method: 'POST', path, query: '', headers, body };
}

/** Base64 of either alphabet, with or without padding. */
function decoded(base64: string): AuthFields | null {
  return parseAuthFields(parseJsonObject(Buffer.from(base64, 'base64').toString('utf8')));
}
