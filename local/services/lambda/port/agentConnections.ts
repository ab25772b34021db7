import type { Agent } from 'node:http';
import { type CloudLine, PortSocket } from './portSocket.ts';

/** A request that wants a connection. */
export type Seeker = { readonly onSocket: (socket: PortSocket) => void; reusedSocket: boolean };

type Connections = {
  readonly busy: PortSocket[];
  readonly free: PortSocket[];
  readonly seekers: Seeker[];
};

/** Under this name an agent lists them among its connections, counts them and closes them. */
const NAME = 'port between threads';
const known = new WeakMap<Agent, Connections>();

function connectionsOf(agent: Agent): Connections {
  const found = known.get(agent);
  if (found !== undefined) return found;
  const made: Connections = { busy: [], free: [], seekers: [] };
  known.set(agent, made);
  Object.assign(agent.sockets, { [NAME]: made.busy });
  Object.assign(agent.freeSockets, { [NAME]: made.free });
  return made;
}

/** Gives a request a connection as its agent would: one that was kept, a new one, or the next that becomes free. */
export function takeConnection(agent: Agent, seeker: Seeker, line: CloudLine): void {
  const connections = connectionsOf(agent);
  const { busy, free, seekers } = connections;
  const kept = free.pop();
  if (kept === undefined && busy.length >= agent.maxSockets) {
    seekers.push(seeker);
    return;
  }
  seeker.reusedSocket = kept !== undefined;
  const socket = kept?.ref() ?? open(agent, line);
  busy.push(socket);
  seeker.onSocket(socket);
}

function open(agent: Agent, line: CloudLine): PortSocket {
  const { busy, free, seekers } = connectionsOf(agent);
  const socket = new PortSocket(line);
  return socket.once('close', () => {
    remove(busy, socket);
    remove(free, socket);
    const next = seekers.shift();
    if (next !== undefined) takeConnection(agent, next, line);
  });
}

/** After an answer: the next request has it, or the agent keeps it, or it is closed. */
export function leaveConnection(agent: Agent, socket: PortSocket): void {
  if (socket.destroyed) return;
  const { busy, free, seekers } = connectionsOf(agent);
  const next = seekers.shift();
  if (next !== undefined) next.onSocket(socket);
  else if (keepsAlive(agent)) {
    remove(busy, socket);
    free.push(socket.unref());
  } else socket.destroy();
}

const keepsAlive = (agent: Agent) => 'keepAlive' in agent && agent.keepAlive === true;

function remove(sockets: PortSocket[], socket: PortSocket): void {
  const index = sockets.indexOf(socket);
  if (index >= 0) sockets.splice(index, 1);
}
