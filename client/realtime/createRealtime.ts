import {
  createConnectionMonitor,
  type ConnectionState,
  type ObservableConnection,
} from '../connectionState.ts';
import type { Environment } from '../environment.ts';
import type { Connection, Topic } from './connection.ts';
import { createConnection } from './createConnection.ts';

/** Subscriptions over as few sockets as the service's quota allows. */
export type Realtime = {
  /** Ends with the answered function. */
  readonly subscribe: (topic: Topic) => () => void;
  readonly connection: ObservableConnection;
  /** Tries again at once on every connection that waits for its next try. */
  readonly reconnect: () => void;
  /** Says that a watcher asks for what it missed, until the answered function is called. */
  readonly catchingUp: () => () => void;
};

const CATCHING_UP: ConnectionState = { name: 'catching up' };

export function createRealtime(environment: Environment): Realtime {
  const connections = new Set<Connection>();
  const busy = new Set<object>();
  const monitor = createConnectionMonitor(() => [
    ...[...connections].map((one) => one.state()),
    ...(busy.size > 0 ? [CATCHING_UP] : []),
  ]);
  const place = (topic: Topic) => {
    const open = [...connections].find((one) => one.hasRoom());
    const connection = open ?? createConnection(environment, { changed: monitor.update, overflowed: place });
    connections.add(connection);
    connection.add(topic);
  };
  const forget = (connection: Connection, topic: Topic) => {
    connection.remove(topic);
    if (connection.size() === 0 && connections.size > 1) connections.delete(connection);
    monitor.update();
  };
  const reconnect = () => {
    for (const connection of connections) connection.wake();
  };
  globalThis.addEventListener?.('online', reconnect);
  return {
    connection: monitor,
    reconnect,
    subscribe: (topic) => {
      place(topic);
      return () => {
        for (const connection of connections) forget(connection, topic);
      };
    },
    catchingUp: () => {
      const mark = {};
      busy.add(mark);
      monitor.update();
      return () => {
        busy.delete(mark);
        monitor.update();
      };
    },
  };
}
