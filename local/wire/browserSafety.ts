import type { IncomingHttpHeaders } from 'node:http';
import { LOOPBACK_HOSTS } from '../ground/loopback.ts';

const ADDRESS = /^(?:https?:\/\/)?([^/@:]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;
/** What GraphQL and AWS clients send. */
const CLIENT_HEADERS = [
  'content-type',
  'authorization',
  'x-api-key',
  'x-amz-user-agent',
  'x-amz-date',
  'x-amz-security-token',
];
const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;
const ONE_DAY_SECONDS = '86400';

/** Why a browser's request is refused, or null. Guards against DNS rebinding and foreign pages. */
export function refusal({ host, origin }: IncomingHttpHeaders, allowed: string | null = null): string | null {
  const names = allowed === null ? LOOPBACK_HOSTS : [...LOOPBACK_HOSTS, allowed];
  const list = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  if (host?.includes('//') === true || !names.includes(nameIn(host ?? ''))) {
    return `This cloud answers only to the hosts ${list}. Start it with --host NAME to add one.`;
  }
  if (origin !== undefined && !(origin.includes('//') && names.includes(nameIn(origin)))) {
    return `This cloud answers only to pages from ${list}.`;
  }
  return null;
}

/** The name in a Host or an Origin, without its port; empty when it is neither. */
function nameIn(text: string): string {
  return ADDRESS.exec(text)?.[1]?.toLowerCase() ?? '';
}

/** The CORS headers of an answer to a page whose origin `refusal` has let pass. */
export function corsHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  if (headers.origin === undefined) return {};
  return {
    'access-control-allow-origin': headers.origin,
    'access-control-expose-headers': 'x-amzn-requestid, x-amzn-errortype, etag, date',
    vary: 'Origin',
  };
}

/** Clients may send headers of their own, as to AppSync; which pages may ask at all was decided by `refusal`. */
export function preflightHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const requested = String(headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => HEADER_NAME.test(name));
  return {
    ...corsHeaders(headers),
    'access-control-allow-methods': 'GET, POST, PUT, DELETE, HEAD, OPTIONS',
    'access-control-allow-headers': [...new Set([...CLIENT_HEADERS, ...requested])].join(', '),
    'access-control-max-age': ONE_DAY_SECONDS,
  };
}
