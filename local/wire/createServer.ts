import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { endWithRefusal } from './brokenRequest.ts';
import { corsHeaders, preflightHeaders, refusal } from './browserSafety.ts';
import type { HttpRequest, HttpResponse } from './httpMessage.ts';
import type { Listeners } from './listen.ts';
import { BodyTooLarge, readBody } from './readBody.ts';
import { MAX_REQUEST_BYTES } from './awsJson.ts';
import { route, SILENCE, type Routes } from './route.ts';
import { type Refusal, type RequestHead, type Tenant, tenantOf } from './tenant.ts';

export type ServerOptions = {
  /** A name beside localhost that requests and pages may be for; null: none. */
  readonly host: string | null;
  /** Resolves when the services are up; connections made before wait for it. */
  readonly routes: Promise<Routes>;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Told of what no service expected; the caller gets its id and nothing else. */
  readonly onBug: (error: unknown, correlationId: string) => void;
};

export function createServer(options: ServerOptions): Listeners {
  return {
    request: (message, response) => {
      answer(options, message)
        .then((answered) => sendSafely(options, { response, answered, message }))
        .catch(() => response.destroy());
    },
    upgrade: (message, socket, head) => {
      socket.on('error', () => socket.destroy());
      const reason = refusal(message.headers, options.host);
      if (reason === null) options.upgrade(message, socket, head);
      else endWithRefusal(socket, { status: 403, errorType: 'AccessDeniedException', message: reason });
    },
  };
}

async function answer(options: ServerOptions, message: IncomingMessage): Promise<HttpResponse> {
  const reason = refusal(message.headers, options.host);
  if (reason !== null) return refused(403, 'AccessDeniedException', reason);
  if (message.method === 'OPTIONS')
    return { status: 200, headers: preflightHeaders(message.headers), body: '' };
  let tenant: Tenant | null = null;
  try {
    const routes = await options.routes;
    const head = headOf(message);
    tenant = tenantOf(routes.tenants, head);
    return await route(routes, await readRequest(message, head, tenant));
  } catch (error) {
    if (error instanceof BodyTooLarge)
      return refuse(tenant, message, { ...TOO_LARGE, message: error.message });
    if (!message.complete) return SILENCE; // the client went away: an answer would not be read
    return internalError(options, message, { error, tenant });
  }
}

const TOO_LARGE = { status: 413, code: 'RequestEntityTooLargeException' };
const INTERNAL = { status: 500, code: 'InternalFailure' };

function refuse(tenant: Tenant | null, message: IncomingMessage, why: Refusal): HttpResponse {
  return tenant?.refuse(why, headOf(message)) ?? refused(why.status, why.code, why.message);
}

function headOf({ method = 'GET', url = '/', headers }: IncomingMessage): RequestHead {
  const mark = url.indexOf('?');
  return {
    method,
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers,
  };
}

async function readRequest(
  message: IncomingMessage,
  head: RequestHead,
  tenant: Tenant | null,
): Promise<HttpRequest> {
  return {
    ...head,
    rawHeaders: message.rawHeaders,
    body: await readBody(message, tenant?.maxBodyBytes(head) ?? MAX_REQUEST_BYTES),
    remoteAddress: message.socket.remoteAddress ?? '',
    accessKeyId: null,
    isGone: () => message.socket.destroyed,
  };
}

type Sending = {
  readonly response: ServerResponse;
  readonly answered: HttpResponse;
  readonly message: IncomingMessage;
};

/** A header that Node refuses ends this answer, not the process. */
function sendSafely(options: ServerOptions, { response, answered, message }: Sending): void {
  try {
    send(options, { response, answered, message });
  } catch (error) {
    send(options, { response, answered: internalError(options, message, { error, tenant: null }), message });
  }
}

type Bug = { readonly error: unknown; readonly tenant: Tenant | null };

function internalError(
  options: ServerOptions,
  message: IncomingMessage,
  { error, tenant }: Bug,
): HttpResponse {
  const correlationId = randomUUID();
  options.onBug(error, correlationId);
  return refuse(tenant, message, { ...INTERNAL, message: `Internal error (id ${correlationId}).` });
}

function send(options: ServerOptions, { response, answered, message }: Sending): void {
  if (answered === SILENCE) {
    response.destroy();
    return;
  }
  const { status, headers, body } = answered;
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  const withoutBody = message.method === 'HEAD' || status === 204 || status === 304;
  response.writeHead(status, {
    ...headers,
    // After the others: Node refuses a Content-Disposition that is not ASCII behind a length.
    ...(withoutBody ? {} : { 'content-length': length }),
    ...readableFor(message, options.host),
    ...(message.complete ? {} : { connection: 'close' }),
  });
  response.end(withoutBody ? undefined : body);
}

/** A foreign origin gets no CORS header; a page on loopback, or on the allowed host, may read every answer, also a refusal. */
function readableFor({ headers }: IncomingMessage, host: string | null): Record<string, string> {
  return headers.origin === undefined || refusal(headers, host) !== null ? {} : corsHeaders(headers);
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
