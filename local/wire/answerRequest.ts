import { randomUUID } from 'node:crypto';
import { MAX_REQUEST_BYTES } from './awsJson.ts';
import { corsHeaders, preflightHeaders, refusal } from './browserSafety.ts';
import type { HttpRequest, HttpResponse } from './httpMessage.ts';
import { BodyTooLarge } from './readBody.ts';
import { route, type Routes, SILENCE } from './route.ts';
import { type Refusal, type RequestHead, type Tenant, tenantOf } from './tenant.ts';

export type AnswerOptions = {
  /** A name beside localhost that requests and pages may be for; null: none. */
  readonly host: string | null;
  /** Resolves when the services are up; requests made before wait for it. */
  readonly routes: Promise<Routes>;
  /** Told of what no service expected; the caller gets its id and nothing else. */
  readonly onBug: (error: unknown, correlationId: string) => void;
};

/** A request of which the head has arrived. */
export type Incoming = RequestHead & {
  readonly rawHeaders: readonly string[];
  readonly remoteAddress: string;
  /** Throws BodyTooLarge. */
  readonly readBody: (maxBytes: number) => Promise<Buffer>;
  /** False for a caller that went away before all was sent. */
  readonly isComplete: () => boolean;
  readonly isGone: () => boolean;
};

/** Answers a request in whichever way it came: guards, faults, and what is said of a bug are the same. */
export async function answerRequest(options: AnswerOptions, incoming: Incoming): Promise<HttpResponse> {
  const reason = refusal(incoming.headers, options.host);
  if (reason !== null) return refused(403, 'AccessDeniedException', reason);
  if (incoming.method === 'OPTIONS')
    return { status: 200, headers: preflightHeaders(incoming.headers), body: '' };
  let tenant: Tenant | null = null;
  try {
    const routes = await options.routes;
    tenant = tenantOf(routes.tenants, incoming);
    return await route(routes, await readRequest(incoming, tenant));
  } catch (error) {
    if (error instanceof BodyTooLarge)
      return refuse(tenant, incoming, { ...TOO_LARGE, message: error.message });
    if (!incoming.isComplete()) return SILENCE; // the client went away: an answer would not be read
    return internalError(options, incoming, { error, tenant });
  }
}

const TOO_LARGE = { status: 413, code: 'RequestEntityTooLargeException' };
const INTERNAL = { status: 500, code: 'InternalFailure' };

async function readRequest(incoming: Incoming, tenant: Tenant | null): Promise<HttpRequest> {
  const { method, path, query, headers, rawHeaders, remoteAddress, isGone } = incoming;
  const body = await incoming.readBody(tenant?.maxBodyBytes(incoming) ?? MAX_REQUEST_BYTES);
  return { method, path, query, headers, rawHeaders, body, remoteAddress, accessKeyId: null, isGone };
}

type Bug = { readonly error: unknown; readonly tenant: Tenant | null };

/** Writes a bug into the log and answers with its id. */
export function internalError(
  options: AnswerOptions,
  request: RequestHead,
  { error, tenant }: Bug,
): HttpResponse {
  const correlationId = randomUUID();
  options.onBug(error, correlationId);
  return refuse(tenant, request, { ...INTERNAL, message: `Internal error (id ${correlationId}).` });
}

/** The headers that go out with an answer: the service's, its length, and who may read it. */
export function headersOf(
  { host }: AnswerOptions,
  { method, headers }: RequestHead,
  answered: HttpResponse,
): Readonly<Record<string, string | number>> {
  const { body } = answered;
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  return {
    ...answered.headers,
    // After the others: Node refuses a Content-Disposition that is not ASCII behind a length.
    ...(hasBody(method, answered) ? { 'content-length': length } : {}),
    // A foreign origin gets no CORS header; a page on loopback, or on the allowed host, may read every answer, also a refusal.
    ...(headers.origin === undefined || refusal(headers, host) !== null ? {} : corsHeaders(headers)),
  };
}

export function hasBody(method: string, { status }: HttpResponse): boolean {
  return method !== 'HEAD' && status !== 204 && status !== 304;
}

const ABSOLUTE = /^https?:\/\/([^/?]*)(.*)$/i;

/** A request's first line and headers, as Node or an application of HTTP gives them. */
export function headOf(method: string, url: string, headers: RequestHead['headers']): RequestHead {
  const absolute = ABSOLUTE.exec(url);
  if (absolute !== null) {
    const [, host = '', rest = ''] = absolute; // RFC 9112, 3.2.2: it counts, not the header
    return headOf(method, rest.startsWith('/') ? rest : `/${rest}`, { ...headers, host });
  }
  const mark = url.indexOf('?');
  return {
    method,
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers,
  };
}

function refuse(tenant: Tenant | null, request: RequestHead, why: Refusal): HttpResponse {
  return tenant?.refuse(why, request) ?? refused(why.status, why.code, why.message);
}

/** In the shape of AppSync's errors, with a sentence for every other caller. */
function refused(status: number, errorType: string, message: string): HttpResponse {
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': errorType,
      'x-amzn-requestid': randomUUID(),
    },
    body: JSON.stringify({ message, errors: [{ errorType, message }] }),
  };
}
