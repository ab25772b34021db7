import { WebSocket } from 'ws';

export type Frame = Readonly<Record<string, ReturnType<typeof JSON.parse>>>;

/** A WebSocket whose frames are read one after the other. */
export type ClientSocket = {
  readonly webSocket: WebSocket;
  readonly send: (frame: unknown) => void;
  readonly sendText: (text: string) => void;
  /** The next frame that has not been read; rejects when the socket closes, or has closed, instead. */
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

/** The subprotocols of AppSync's realtime endpoint; `authorization` is such as `{ host, 'x-api-key': key }`. */
export function subprotocols(authorization: unknown): readonly string[] {
  return ['graphql-ws', `header-${Buffer.from(JSON.stringify(authorization)).toString('base64url')}`];
}

/** Opens a socket to an address such as RealtimeUrl; resolves when it is open. What is said on it is up to the test. */
export async function openSocket(
  url: string,
  { protocols = [], headers }: SocketOptions = {},
): Promise<ClientSocket> {
  const webSocket = new WebSocket(url, [...protocols], { headers: { ...headers } });
  const frames: Frame[] = [];
  const readers: PromiseWithResolvers<Frame>[] = [];
  let end: Error | null = null;
  const { promise: closed, resolve } = Promise.withResolvers<number>();
  webSocket.on('message', (data) => {
    const frame: Frame = JSON.parse(String(data));
    const reader = readers.shift();
    if (reader) reader.resolve(frame);
    else frames.push(frame);
  });
  webSocket.on('close', (code) => {
    resolve(code);
    end = new Error(`The socket was closed with ${code}.`);
    for (const reader of readers.splice(0)) reader.reject(end);
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
      if (end) return Promise.reject(end);
      const reader = Promise.withResolvers<Frame>();
      readers.push(reader);
      return reader.promise;
    },
    unread: () => frames.length,
    closed,
    close: () => webSocket.close(),
  };
}
