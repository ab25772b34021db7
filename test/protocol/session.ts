import { randomUUID } from 'node:crypto';
import { openSocket, subprotocols, type ClientSocket, type Frame } from '@countersign/local-cloud/testing';
import type { ProtocolTarget } from './protocolTarget.ts';

export type Session = ClientSocket & {
  readonly fields: Readonly<Record<string, string>>;
};

export function keyFields({ graphqlUrl, apiKey }: ProtocolTarget): Record<string, string> {
  return { host: new URL(graphqlUrl).host, 'x-api-key': apiKey };
}

/** Opens a socket, with the key as a subprotocol, lets `use` talk, and closes it. */
export async function withSession(
  target: ProtocolTarget,
  use: (session: Session) => Promise<void>,
): Promise<void> {
  const fields = keyFields(target);
  const socket = await openSocket(target.realtimeUrl, { protocols: subprotocols(fields) });
  try {
    await use({ ...socket, fields });
  } finally {
    socket.close();
  }
}

/** The next frame that is no keep-alive. */
export async function nextFrame({ next }: ClientSocket): Promise<Frame> {
  for (;;) {
    const frame = await next();
    if (frame['type'] !== 'ka') return frame;
  }
}

export type Subscribing = {
  readonly query: string;
  readonly variables?: unknown;
  readonly id?: string;
  readonly authorization?: unknown;
};

/** Starts a subscription and gives what the server says to it. */
export async function start(
  session: Session,
  { query, variables = {}, id = randomUUID(), authorization = session.fields }: Subscribing,
): Promise<Frame> {
  const data = JSON.stringify({ query, variables });
  session.send({ id, type: 'start', payload: { data, extensions: { authorization } } });
  return nextFrame(session);
}
