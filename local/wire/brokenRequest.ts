import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

type Broken = { readonly status: number; readonly errorType: string; readonly message: string };

const MALFORMED: Broken = {
  status: 400,
  errorType: 'MalformedHttpRequestException',
  message: 'The request is not valid HTTP.',
};
/** By the codes of Node's errors. */
const BY_CODE: Readonly<Record<string, Broken>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    errorType: 'RequestHeaderFieldsTooLargeException',
    message: 'The headers of the request are too large.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    errorType: 'RequestTimeoutException',
    message: 'The request did not arrive in time.',
  },
};

/** Answers what never became a request that a service could answer, and ends its connection. */
export function refuseBroken(error: NodeJS.ErrnoException, socket: Duplex): void {
  const { code = '' } = error;
  const refusal = BY_CODE[code] ?? (code.startsWith('HPE_') ? MALFORMED : null);
  if (refusal === null || !socket.writable)
    socket.destroy(); // a client that failed to speak TLS cannot read an answer
  else endWithRefusal(socket, refusal);
}

/** Every refusal has its type as a header, also one on a bare connection. */
export function endWithRefusal(socket: Duplex, { status, errorType, message }: Broken): void {
  const body = JSON.stringify({ message, errors: [{ errorType, message }] });
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-amzn-errortype: ${errorType}`,
    `x-amzn-requestid: ${randomUUID()}`,
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
