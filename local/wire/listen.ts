import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { refuseBroken } from './brokenRequest.ts';

export type Listeners = {
  readonly request: RequestListener;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
};

export type Listening = { readonly port: number; readonly close: () => Promise<void> };

export type ListenOptions = Listeners & {
  /** 0 takes a free port. */
  readonly port: number;
  /** Whether other machines can connect; this machine alone by default. */
  readonly isOpen?: boolean;
  readonly tls: { readonly key: string; readonly cert: string };
  /** How long a handshake or a request may take to arrive: 20 s unless a test is in a hurry. */
  readonly halfOpenMilliseconds?: number;
};

/** The first byte of a TLS ClientHello; no HTTP method starts with it. */
const TLS_HANDSHAKE = 0x16;
const HALF_OPEN_MILLISECONDS = 20_000;
/** Longer than the idle time of the SDKs' connection pools: a shorter one cuts requests that are on their way. */
const KEEP_ALIVE_MILLISECONDS = 65_000;

/** One loopback port for HTTP and TLS: the first byte of a connection tells which it is. Rejects with EADDRINUSE. */
export async function listen({ request, upgrade, port, tls, ...options }: ListenOptions): Promise<Listening> {
  const { halfOpenMilliseconds = HALF_OPEN_MILLISECONDS } = options;
  const timeouts = timeoutsOf(halfOpenMilliseconds);
  const secured = { ...tls, ...timeouts, handshakeTimeout: halfOpenMilliseconds };
  const plain = serving(createHttpServer({ ...timeouts, ...READING }, request), upgrade);
  const secure = serving(createHttpsServer({ ...secured, ...READING }, request), upgrade);
  const sockets = new Set<Socket>();
  const accept = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    sniff(socket, halfOpenMilliseconds, (isTls) => (isTls ? secure : plain).emit('connection', socket));
  };
  const tcp = await bind(accept, options.isOpen === true ? '0.0.0.0' : '127.0.0.1', port);
  const address = tcp.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  const tcp6 = await bind(accept, '::1', boundPort).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') return null; // a machine without IPv6
    tcp.close();
    throw error;
  });
  return {
    port: boundPort,
    close: async () => {
      await closeAll([tcp, tcp6], sockets);
      for (const server of [plain, secure]) server.close();
    },
  };
}

/** Node looks for requests that do not end only once in a while: often enough to end them soon after their time. */
function timeoutsOf(halfOpenMilliseconds: number) {
  return {
    headersTimeout: halfOpenMilliseconds,
    requestTimeout: halfOpenMilliseconds,
    connectionsCheckingInterval: halfOpenMilliseconds / 4,
    keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
  };
}

const READING = {
  requireHostHeader: false, // a request without a host is refused like one for another host
  /** Some clients, such as Java's, offer HTTP/2 with their first request; it is a request like any other. */
  shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket',
};

/** Node checks the times of a server that listens; these two get their connections from another one that does. */
function serving<T extends Server>(server: T, upgrade: Listeners['upgrade']): T {
  server.on('upgrade', upgrade).on('clientError', refuseBroken).emit('listening');
  return server;
}

function sniff(socket: Socket, halfOpenMilliseconds: number, decide: (isTls: boolean) => void): void {
  socket.setTimeout(halfOpenMilliseconds, () => socket.destroy());
  socket.setNoDelay(true);
  socket.once('data', (first) => {
    socket.setTimeout(0);
    socket.removeAllListeners('timeout');
    socket.pause();
    socket.unshift(first);
    decide(first[0] === TLS_HANDSHAKE);
    process.nextTick(() => socket.resume());
  });
}

function bind(accept: (socket: Socket) => void, host: string, port: number): Promise<TcpServer> {
  return new Promise((resolve, reject) => {
    const server = createTcpServer(accept);
    server.once('error', reject);
    server.listen({ host, port, backlog: 4096 }, () => {
      server.removeListener('error', reject);
      resolve(server);
    });
  });
}

async function closeAll(servers: readonly (TcpServer | null)[], sockets: Set<Socket>): Promise<void> {
  const closed = servers.map(
    (server) => new Promise((resolve) => (server ? server.close(resolve) : resolve(null))),
  );
  for (const socket of sockets) socket.destroy();
  await Promise.all(closed);
}
