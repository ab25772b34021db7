import { useSyncExternalStore } from 'react';
import type { Client } from '../client.ts';
import type { ConnectionState } from '../connectionState.ts';

const IDLE: ConnectionState = { name: 'idle' };

/**
 * How live the watches of a client are; the component is drawn again when that changes.
 * @example const { name } = useConnection(client);
 */
export function useConnection({ connection }: Client): ConnectionState {
  return useSyncExternalStore(connection.subscribe, connection.current, () => IDLE);
}
