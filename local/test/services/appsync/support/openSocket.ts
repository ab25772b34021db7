import { onTestFinished } from 'vitest';
import {
  type ClientSocket,
  openSocket as open,
  type SocketOptions,
  subprotocols,
} from '../../../../testing/openSocket.ts';
import { KEY_FIELDS } from './subscribe.ts';

/** Opens a socket, with the key of the rooms unless other subprotocols are given; it is closed when the test has finished. */
export async function openSocket(
  url: string,
  { protocols = subprotocols(KEY_FIELDS), headers = {} }: SocketOptions = {},
): Promise<ClientSocket> {
  const socket = await open(url, { protocols, headers });
  onTestFinished(() => socket.close());
  return socket;
}
