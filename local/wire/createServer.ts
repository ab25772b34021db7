import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  type AnswerOptions,
  answerRequest,
  hasBody,
  headersOf,
  headOf,
  type Incoming,
  internalError,
} from './answerRequest.ts';
import { endWithRefusal } from './brokenRequest.ts';
import { refusal } from './browserSafety.ts';
import type { HttpResponse } from './httpMessage.ts';
import type { Listeners } from './listen.ts';
import { readBody } from './readBody.ts';
import { SILENCE } from './route.ts';
import type { RequestHead } from './tenant.ts';

export type ServerOptions = AnswerOptions & {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
};

export function createServer(options: ServerOptions): Listeners {
  return {
    request: (message, response) => {
      const incoming = incomingOf(message);
      answerRequest(options, incoming)
        .then((answered) => sendSafely(options, { response, answered, incoming }))
        .catch(() => response.destroy());
    },
    upgrade: (message, socket, head) => {
      socket.on('error', () => socket.destroy());
      const reason = refusal(headIn(message).headers, options.host);
      if (reason === null) options.upgrade(message, socket, head);
      else endWithRefusal(socket, { status: 403, errorType: 'AccessDeniedException', message: reason });
    },
  };
}

function incomingOf(message: IncomingMessage): Incoming {
  const { rawHeaders, socket } = message;
  return {
    ...headIn(message),
    rawHeaders,
    remoteAddress: socket.remoteAddress ?? '',
    readBody: (maxBytes) => readBody(message, maxBytes),
    isComplete: () => message.complete,
    isGone: () => socket.destroyed,
  };
}

/** Node keeps the first Host of several: all of them are kept here, so that no other one passes beside it. */
function headIn({ method = 'GET', url = '/', headers, rawHeaders }: IncomingMessage): RequestHead {
  const hosts = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host',
  );
  return headOf(method, url, hosts.length > 1 ? { ...headers, host: hosts.join(', ') } : headers);
}

type Sending = {
  readonly response: ServerResponse;
  readonly answered: HttpResponse;
  readonly incoming: Incoming;
};

/** A header that Node refuses ends this answer, not the process. */
function sendSafely(options: ServerOptions, sending: Sending): void {
  try {
    send(options, sending);
  } catch (error) {
    const { incoming } = sending;
    send(options, { ...sending, answered: internalError(options, incoming, { error, tenant: null }) });
  }
}

function send(options: ServerOptions, { response, answered, incoming }: Sending): void {
  if (answered === SILENCE) {
    response.destroy();
    return;
  }
  response.writeHead(answered.status, {
    ...headersOf(options, incoming, answered),
    ...(incoming.isComplete() ? {} : { connection: 'close' }),
  });
  response.end(hasBody(incoming.method, answered) ? answered.body : undefined);
}
