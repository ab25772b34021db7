import type { ConnectionState, ObservableConnection } from '../connectionState.ts';
import type { Environment } from '../environment.ts';
import type { Connection } from './connection.ts';
import { createConnection } from './createConnection.ts';
import { createConnectionMonitor } from './createConnectionMonitor.ts';
import type { Subscription, Topic } from './subscription.ts';

/** Subscriptions over as few sockets as the service's quota allows. */
export type Realtime = {
  /** Ends with the answered function. @throws TypeError where the platform has no WebSocket. */
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
  let busy = 0;
  let lastId = 0;
  const monitor = createConnectionMonitor(() => [
    ...[...connections].map((one) => one.currentState()),
    ...(busy > 0 ? [CATCHING_UP] : []),
  ]);
  const place = (subscription: Subscription) => {
    const { WebSocket } = environment;
    if (WebSocket === undefined) throw new TypeError('No WebSocket found: pass one to createClient.');
    const open = [...connections].find((one) => one.hasRoom());
    const connection =
      open ?? createConnection({ ...environment, WebSocket }, { changed: monitor.update, overflowed: place });
    connections.add(connection);
    connection.add(subscription);
  };
  const reconnect = () => {
    for (const connection of connections) connection.wake();
  };
  globalThis.addEventListener?.('online', reconnect);
  return {
    connection: monitor,
    reconnect,
    subscribe: (topic) => {
      lastId += 1;
      const subscription = { ...topic, id: String(lastId), isReady: false };
      place(subscription);
      return () => {
        for (const connection of connections) {
          connection.remove(subscription);
          if (connection.subscriptions.size === 0 && connections.size > 1) connections.delete(connection);
        }
        monitor.update();
      };
    },
    catchingUp: () => {
      busy += 1;
      monitor.update();
      return () => {
        busy -= 1;
        monitor.update();
      };
    },
  };
}
