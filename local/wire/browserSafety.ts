import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;
const LOOPBACK_ORIGIN = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;
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
export function refusal(headers: IncomingHttpHeaders): string | null {
  if (!LOOPBACK_HOST.test(headers.host ?? '')) {
    return 'This cloud answers only to the hosts localhost, 127.0.0.1 and [::1].';
  }
  if (headers.origin !== undefined && !LOOPBACK_ORIGIN.test(headers.origin)) {
    return 'This cloud answers only to pages from localhost, 127.0.0.1 and [::1].';
  }
  return null;
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
