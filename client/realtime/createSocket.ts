import type { Environment, Socket } from '../environment.ts';
import { parseJson } from '../ask.ts';
import { fieldsOf } from '../parseError.ts';

export type Frame = {
  readonly type: string;
  /** Empty when the frame is about the whole connection. */
  readonly id: string;
  readonly payload: Readonly<Record<string, unknown>>;
};

export type SocketListener = {
  readonly frame: (frame: Frame) => void;
  /** Called once; nothing comes after it. */
  readonly closed: (reason: string) => void;
};

export type FramedSocket = {
  readonly send: (frame: object) => void;
  /** Closes without telling the listener. */
  readonly close: () => void;
};

/** Opens a socket with AppSync's subprotocols and turns its text into frames. */
export function createSocket(environment: Environment, listener: SocketListener): FramedSocket {
  let isOver = false;
  let isOpened = false;
  let socket: Socket | null = null;
  const finish = () => {
    isOver = true;
    try {
      socket?.close();
    } catch {
      // A socket that cannot be closed any more is closed.
    }
  };
  const lose = (reason: string) => {
    if (isOver) return;
    finish();
    listener.closed(isOpened ? 'The connection was lost.' : reason);
  };
  try {
    const header = `header-${base64Url(JSON.stringify(authorizationOf(environment)))}`;
    socket = new environment.WebSocket(environment.realtimeUrl, ['graphql-ws', header]);
  } catch {
    environment.timers.setTimeout(() => lose('The realtime address cannot be opened.'), 0);
    return { send: () => {}, close: finish };
  }
  const opened = socket;
  opened.addEventListener('open', () => {
    isOpened = true;
    opened.send('{"type":"connection_init"}');
  });
  opened.addEventListener('close', () => lose('The realtime service closed the connection.'));
  opened.addEventListener('error', () => lose('The realtime service could not be reached.'));
  opened.addEventListener('message', ({ data }) => {
    if (!isOver) listener.frame(parseFrame(data));
  });
  return { send: (frame) => opened.send(JSON.stringify(frame)), close: finish };
}

/** AppSync takes it in the subprotocol for the connection and again in every subscription. */
export function authorizationOf({ url, apiKey }: Environment): Readonly<Record<string, string>> {
  return { host: new URL(url).host, 'x-api-key': apiKey };
}

function base64Url(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function parseFrame(data: unknown): Frame {
  const { type, id, payload } = fieldsOf(parseJson(String(data)));
  return { type: String(type), id: String(id ?? ''), payload: fieldsOf(payload) };
}
