import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { MessagePort } from 'node:worker_threads';
import {
  type AnswerOptions,
  answerRequest,
  hasBody,
  headersOf,
  headOf,
  type Incoming,
  internalError,
} from '../../../wire/answerRequest.ts';
import type { HttpResponse } from '../../../wire/httpMessage.ts';
import { bodyTooLarge } from '../../../wire/readBody.ts';
import { SILENCE } from '../../../wire/route.ts';
import type { PortAnswer } from './portSocket.ts';

export type CloudPort = AnswerOptions & {
  /** Of the cloud's own address. */
  readonly portNumber: number;
};

type Header = readonly [name: string, value: string | number | readonly string[]];
type Message = readonly [id: number, method: string, path: string, headers: readonly Header[], body: string];

/** Answers what comes through a function's port as the server answers what comes through the network. */
export function servePort(port: MessagePort, options: AnswerOptions): void {
  /** The connections with a request under way; true once the function has closed its end. */
  const closed = new Map<number, boolean>();
  port.on('message', (said: unknown) => {
    if (isMessage(said)) void answer(said);
    else if (Array.isArray(said) && closed.has(said[0])) closed.set(said[0], true);
  });
  port.on('close', () => {
    for (const id of closed.keys()) closed.set(id, true);
  });
  port.unref();

  async function answer(message: Message): Promise<void> {
    const [id] = message;
    closed.set(id, false);
    const answered = await answerOf(
      options,
      incomingOf(message, () => closed.get(id) !== false),
    );
    if (closed.get(id) === false) port.postMessage([id, answered]);
    closed.delete(id);
  }
}

/** A function may find the port, and say anything there. */
function isMessage(said: unknown): said is Message {
  if (!Array.isArray(said)) return false;
  const [id, method, path, headers, body]: readonly unknown[] = said;
  const areTexts = [method, path, body].every((text) => typeof text === 'string');
  return typeof id === 'number' && areTexts && Array.isArray(headers) && headers.every(Array.isArray);
}

function incomingOf([, method, path, given, text]: Message, isGone: () => boolean): Incoming {
  const headers: Record<string, string> = {};
  const rawHeaders: string[] = [];
  for (const [name, value] of given) {
    const values = Array.isArray(value) ? value.map(String) : [String(value)];
    for (const one of values) rawHeaders.push(name, one);
    headers[name.toLowerCase()] = values.join(/^cookie$/i.test(name) ? '; ' : ', ');
  }
  const body = Buffer.from(text, 'latin1');
  const readBody = async (maxBytes: number) => {
    if (body.byteLength > maxBytes) throw bodyTooLarge(maxBytes);
    return body;
  };
  const head = headOf(method, path, headers);
  return { ...head, rawHeaders, remoteAddress: '127.0.0.1', readBody, isComplete: () => true, isGone };
}

/** Null for a connection that is cut. */
async function answerOf(options: AnswerOptions, incoming: Incoming): Promise<PortAnswer | null> {
  const answered = await answerRequest(options, incoming);
  try {
    return answered === SILENCE ? null : render(options, incoming, answered);
  } catch (error) {
    return render(options, incoming, internalError(options, incoming, { error, tenant: null }));
  }
}

/** As Node's server writes it and its client reads it. Throws for a header that HTTP does not allow. */
function render(options: AnswerOptions, incoming: Incoming, answered: HttpResponse): PortAnswer {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(headersOf(options, incoming, answered))) {
    validateHeaderName(name);
    validateHeaderValue(name, String(value));
    headers[name.toLowerCase()] = String(value);
  }
  headers['date'] = new Date().toUTCString();
  headers['connection'] = 'keep-alive';
  const body = hasBody(incoming.method, answered) ? bytesOf(answered.body) : '';
  return { status: answered.status, headers, body };
}

function bytesOf(body: HttpResponse['body']): string {
  if (typeof body !== 'string')
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  return Buffer.byteLength(body) === body.length ? body : Buffer.from(body).toString('latin1');
}
