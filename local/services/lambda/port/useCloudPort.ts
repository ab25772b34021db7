import { Agent } from 'node:http';
import type { MessagePort } from 'node:worker_threads';
import { type CloudLine, PortSocket } from './portSocket.ts';

const OWN_NAMES: readonly unknown[] = ['localhost', '127.0.0.1', '::1', '[::1]'];

/**
 * Gives HTTP requests to the cloud's own address a connection that is a port between threads, below Node's HTTP client: agents,
 * timeouts, aborts, streams and events stay Node's own. `--no-port` goes without it, and nothing else depends on it.
 */
export function useCloudPort(port: MessagePort, portNumber: number): void {
  const line: CloudLine = { port, portNumber, sockets: new Map(), held: new Set() };
  port.on('message', ([id, text]: readonly [number, string | null]) => line.sockets.get(id)?.hear(text));
  port.unref(); // a connection in use keeps the thread alive, as one of the network does
  const { createConnection } = Agent.prototype;
  Agent.prototype.createConnection = function createOwn(this: Agent, options, ...words) {
    const { host, port: target, socketPath, lookup, localAddress } = options;
    const isPlain = !socketPath && lookup === undefined && localAddress === undefined;
    return isPlain && Number(target) === portNumber && OWN_NAMES.includes(host)
      ? new PortSocket(line)
      : createConnection.call(this, options, ...words);
  };
}
