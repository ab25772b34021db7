import { expect } from 'vitest';
import { type Frame, type GraphqlAnswer, postGraphql } from '@countersign/local-cloud/testing';
import type { ProtocolTarget } from '../protocolTarget.ts';
import { ask, signed } from '../request.ts';
import { nextFrame, start, withSession, type Session } from '../session.ts';

export type Room = Readonly<Record<string, unknown>> & { readonly id: string };

const ALL = 'id name size open tags inner { leaf inner { leaf } }';

/** Publishes a room with the key and gives the answer; subscribers see what `selection` names. */
export function publishRoom(target: ProtocolTarget, input: Room, selection = ALL): Promise<GraphqlAnswer> {
  const query = `mutation ($input: RoomInput!) { publishRoom(input: $input) { ${selection} } }`;
  return ask(target, query, { input });
}

/** Asks with a signature in the place of the key. */
export async function askSigned(target: ProtocolTarget, query: string): Promise<GraphqlAnswer> {
  const body = JSON.stringify({ query });
  return postGraphql(target, body, await signed(target, body));
}

/** Starts subscriptions on one connection, and talks; each must be acknowledged. */
export function hearing(
  target: ProtocolTarget,
  queries: Readonly<Record<string, string>>,
  use: (session: Session) => Promise<void>,
): Promise<void> {
  return withSession(target, async (session) => {
    for (const [id, query] of Object.entries(queries))
      expect(await start(session, { id, query })).toMatchObject({ id, type: 'start_ack' });
    await use(session);
  });
}

/**
 * Everything that comes until a room named END, which this publishes: events keep their order, so what was to be heard
 * before it has been heard. Somebody must listen to every room as `all`.
 */
export async function heardUntilEnd(target: ProtocolTarget, session: Session): Promise<readonly Frame[]> {
  const frames: Frame[] = [];
  await publishRoom(target, { id: 'END' });
  for (;;) {
    const frame = await nextFrame(session);
    const isEnd = frame['id'] === 'all' && frame['payload'].data?.onRoom?.id === 'END';
    if (isEnd) return frames;
    frames.push(frame);
  }
}

export const ALL_ROOMS = 'subscription { onRoom { id } }';
