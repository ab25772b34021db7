import { randomUUID } from 'node:crypto';
import {
  type ClientSocket,
  type Frame,
  openSocket as open,
  type SocketOptions,
  subprotocols,
} from '../../../../testing/openSocket.ts';
import { API_KEY } from './apiDefinition.ts';
import { onTestFinished } from 'vitest';

export const KEY_FIELDS = { host: 'localhost', 'x-api-key': API_KEY };

/** Opens a socket, with the key of the rooms unless other subprotocols are given; it is closed when the test has finished. */
export async function openSocket(
  url: string,
  { protocols = subprotocols(KEY_FIELDS), headers = {} }: SocketOptions = {},
): Promise<ClientSocket> {
  const socket = await open(url, { protocols, headers });
  onTestFinished(() => socket.close());
  return socket;
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
