import type { MessagePort } from 'node:worker_threads';
import {
  type AnswerOptions,
  answerRequest,
  hasBody,
  headersOf,
  type Incoming,
  internalError,
} from '../../../wire/answerRequest.ts';
import type { HttpResponse } from '../../../wire/httpMessage.ts';
import { parseRequestText, renderAnswerText } from '../../../wire/httpText.ts';
import { bodyTooLarge } from '../../../wire/readBody.ts';
import { SILENCE } from '../../../wire/route.ts';

export type CloudPort = AnswerOptions & {
  /** Of the cloud's own address. */
  readonly portNumber: number;
};

/** Answers what comes through a function's port as the server answers what comes through the network. */
export function servePort(port: MessagePort, options: AnswerOptions): void {
  /** The connections with a request under way; true once the function has closed its end. */
  const closed = new Map<number, boolean>();
  port.on('message', (said: unknown) => {
    const [id, text]: readonly unknown[] = Array.isArray(said) ? said : [];
    if (typeof id !== 'number') return; // a function may find the port, and say anything there
    if (typeof text === 'string') void answer(id, text);
    else if (closed.has(id)) closed.set(id, true);
  });
  port.on('close', () => {
    for (const id of closed.keys()) closed.set(id, true);
  });
  port.unref();

  async function answer(id: number, text: string): Promise<void> {
    closed.set(id, false);
    const answered = await answerText(
      options,
      incomingOf(text, () => closed.get(id) !== false),
    );
    if (closed.get(id) === false) port.postMessage([id, answered]);
    closed.delete(id);
  }
}

function incomingOf(text: string, isGone: () => boolean): Incoming {
  const { body, ...head } = parseRequestText(text);
  const readBody = async (maxBytes: number) => {
    if (body.byteLength > maxBytes) throw bodyTooLarge(maxBytes);
    return body;
  };
  return { ...head, remoteAddress: '127.0.0.1', readBody, isComplete: () => true, isGone };
}

/** Null for a connection that is cut. */
async function answerText(options: AnswerOptions, incoming: Incoming): Promise<string | null> {
  const render = (answered: HttpResponse) =>
    renderAnswerText({
      status: answered.status,
      headers: headersOf(options, incoming, answered),
      body: hasBody(incoming.method, answered) ? answered.body : '',
    });
  const answered = await answerRequest(options, incoming);
  try {
    return answered === SILENCE ? null : render(answered);
  } catch (error) {
    return render(internalError(options, incoming, { error, tenant: null }));
  }
}
