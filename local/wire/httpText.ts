import { type IncomingHttpHeaders, STATUS_CODES, validateHeaderName, validateHeaderValue } from 'node:http';
import { headOf } from './answerRequest.ts';
import type { HttpResponse } from './httpMessage.ts';
import type { RequestHead } from './tenant.ts';

// HTTP/1.1 as text, a character a byte, for what comes and goes in one piece.

export type RequestText = RequestHead & { readonly rawHeaders: readonly string[]; readonly body: Buffer };

const HEAD_END = '\r\n\r\n';
/** Of these Node takes the first one when they are repeated; of others it makes a list. */
const SINGLE = new Set(
  'age authorization content-length content-type etag expires from host if-modified-since if-unmodified-since last-modified location max-forwards proxy-authorization referer retry-after server user-agent'.split(
    ' ',
  ),
);

/** A request as Node's client writes it: well-formed, its length given. */
export function parseRequestText(text: string): RequestText {
  const end = text.indexOf(HEAD_END);
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const [method = '', url = ''] = first.split(' ');
  const rawHeaders: string[] = [];
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const mark = line.indexOf(':');
    const [written, value] = [line.slice(0, mark), line.slice(mark + 1).trim()];
    rawHeaders.push(written, value);
    const name = written.toLowerCase();
    const known = headers[name];
    if (known === undefined) headers[name] = value;
    else if (!SINGLE.has(name)) headers[name] = `${known}${name === 'cookie' ? ';' : ','} ${value}`;
  }
  const body = Buffer.from(text.slice(end + HEAD_END.length), 'latin1');
  return { ...headOf(method, url, headers satisfies IncomingHttpHeaders), rawHeaders, body };
}

type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: HttpResponse['body'];
};

/** An answer as Node's server writes it. Throws for a header that HTTP does not allow. */
export function renderAnswerText({ status, headers, body }: Answer): string {
  const lines = Object.entries(headers).map(([name, value]) => {
    validateHeaderName(name);
    validateHeaderValue(name, String(value));
    return `${name}: ${value}\r\n`;
  });
  const date = new Date().toUTCString();
  const rest = `date: ${date}\r\nconnection: keep-alive\r\n\r\n${bytesOf(body)}`;
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}\r\n${lines.join('')}${rest}`;
}

function bytesOf(body: HttpResponse['body']): string {
  if (typeof body !== 'string')
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  return Buffer.byteLength(body) === body.length ? body : Buffer.from(body).toString('latin1');
}
