import { fieldsOf, parseJson } from '../answers/json.ts';
import type { RealtimeEnvironment } from '../environment.ts';
import { ClientError, Unreachable } from '../errors.ts';
import type { Payload } from './payload.ts';
import { subprotocols } from './subprotocols.ts';
import type { Subscription } from './subscription.ts';

export type Frame = {
  readonly type: string;
  /** Empty when the frame is about the whole connection. */
  readonly id: string;
  readonly payload: Payload;
};

export type SocketListener = {
  /** The caller's credential is good until then, in milliseconds since 1970. */
  readonly expires: (at: number) => void;
  readonly frame: (frame: Frame) => void;
  /** Called once; nothing comes after it. */
  readonly closed: (error: ClientError) => void;
};

export type FramedSocket = {
  readonly start: (subscription: Subscription) => void;
  readonly stop: (subscription: Subscription) => void;
  /** Closes without telling the listener. */
  readonly close: () => void;
};

/** Opens a socket with AppSync's subprotocols and turns its text into frames. */
export function createSocket(
  { url, realtimeUrl, credential, WebSocket }: RealtimeEnvironment,
  listener: SocketListener,
): FramedSocket {
  let message = 'The API could not be reached.';
  let close = () => {};
  let send = (_frame: object) => {};
  let authorization: object = {};
  let isOver = false;
  const finish = () => {
    isOver = true;
    close();
  };
  const lose = (error: unknown) => {
    if (isOver) return;
    finish();
    listener.closed(error instanceof ClientError ? error : new Unreachable('Unreachable', message, true));
  };
  const open = async () => {
    const { headers, expiresAt } = await credential();
    if (isOver) return;
    // AppSync takes it for the connection and again in every subscription.
    authorization = { host: new URL(url).host, ...headers };
    const socket = new WebSocket(realtimeUrl, subprotocols(authorization));
    close = () => socket.close();
    send = (frame) => socket.send(JSON.stringify(frame));
    if (expiresAt !== null) listener.expires(expiresAt);
    socket.addEventListener('open', () => {
      message = 'The connection was lost.';
      send({ type: 'connection_init' });
    });
    socket.addEventListener('close', lose);
    socket.addEventListener('error', lose);
    socket.addEventListener('message', ({ data }) => {
      if (!isOver) listener.frame(parseFrame(data));
    });
  };
  open().catch(lose);
  return {
    start: ({ id, query, variables }) => {
      const payload = { data: JSON.stringify({ query, variables }), extensions: { authorization } };
      send({ id, type: 'start', payload });
    },
    stop: ({ id }) => send({ id, type: 'stop' }),
    close: finish,
  };
}

function parseFrame(data: unknown): Frame {
  const { type, id, payload } = fieldsOf(parseJson(String(data)));
  return { type: String(type), id: String(id ?? ''), payload: fieldsOf(payload) };
}
