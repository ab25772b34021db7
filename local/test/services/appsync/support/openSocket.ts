import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { API_KEY } from './apiDefinition.ts';

export type Frame = Readonly<Record<string, ReturnType<typeof JSON.parse>>>;

export type ClientSocket = {
  readonly webSocket: WebSocket;
  readonly send: (frame: unknown) => void;
  readonly sendText: (text: string) => void;
  /** The next frame that has not been read; rejects when the socket closes instead. */
  readonly next: () => Promise<Frame>;
  /** How many frames have come and were not read. */
  readonly unread: () => number;
  /** The code with which the socket was closed. */
  readonly closed: Promise<number>;
  readonly close: () => void;
};

export type SocketOptions = {
  readonly protocols?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
};

export const KEY_FIELDS = { host: 'localhost', 'x-api-key': API_KEY };

export function subprotocols(fields: unknown = KEY_FIELDS): readonly string[] {
  return ['graphql-ws', `header-${Buffer.from(JSON.stringify(fields)).toString('base64url')}`];
}

export async function openSocket(
  url: string,
  { protocols = subprotocols(), headers }: SocketOptions = {},
): Promise<ClientSocket> {
  const webSocket = new WebSocket(url, [...protocols], { headers: { ...headers } });
  const frames: Frame[] = [];
  const readers: PromiseWithResolvers<Frame>[] = [];
  const { promise: closed, resolve } = Promise.withResolvers<number>();
  webSocket.on('message', (data) => {
    const frame: Frame = JSON.parse(String(data));
    const reader = readers.shift();
    if (reader) reader.resolve(frame);
    else frames.push(frame);
  });
  webSocket.on('close', (code) => {
    resolve(code);
    for (const reader of readers.splice(0)) reader.reject(new Error(`The socket was closed with ${code}.`));
  });
  await new Promise<void>((opened, failed) => {
    webSocket.on('open', () => opened());
    webSocket.on('error', failed);
  });
  return {
    webSocket,
    send: (frame) => webSocket.send(JSON.stringify(frame)),
    sendText: (text) => webSocket.send(text),
    next: () => {
      const frame = frames.shift();
      if (frame) return Promise.resolve(frame);
      const reader = Promise.withResolvers<Frame>();
      readers.push(reader);
      return reader.promise;
    },
    unread: () => frames.length,
    closed,
    close: () => webSocket.close(),
  };
}

export function startFrame(query: string, options: StartFrameOptions = {}): Frame {
  const { id = randomUUID(), variables, authorization = KEY_FIELDS } = options;
  const data = JSON.stringify({ query, variables });
  return { id, type: 'start', payload: { data, extensions: { authorization } } };
}

export type StartFrameOptions = {
  readonly id?: string;
  readonly variables?: unknown;
  readonly authorization?: unknown;
};

/** Starts a subscription and waits for its answer. */
export async function subscribe(
  socket: ClientSocket,
  query: string,
  options: StartFrameOptions = {},
): Promise<Frame> {
  socket.send(startFrame(query, options));
  return socket.next();
}

/** Everything that has come: a mutation is answered after its events are sent, and frames keep their order. */
export async function heard(socket: ClientSocket): Promise<Frame[]> {
  socket.send({ id: 'nobody', type: 'stop' });
  const events: Frame[] = [];
  for (;;) {
    const frame = await socket.next();
    if (frame['id'] === 'nobody') return events;
    events.push(frame);
  }
}
