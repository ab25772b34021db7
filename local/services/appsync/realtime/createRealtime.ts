import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { endWithRefusal } from '../../../wire/brokenRequest.ts';
import type { Clock } from '../../../ground/clock/clock.ts';
import type { Authentication } from '../access/authenticate.ts';
import type { ErrorShape } from '../execution/formatError.ts';
import type { LoadedApi } from '../execution/execution.ts';
import { announce, type Announcement } from './announce.ts';
import { connectionError, refusalError } from './frames.ts';
import { authOfUpgrade, signedRequest } from './handshake.ts';
import { createHeartbeat } from './heartbeat.ts';
import { GOING_AWAY, POLICY_VIOLATION, serveConnection } from './serveConnection.ts';
import { createSubscriptions } from './subscriptions.ts';
import { createTurns } from './turns.ts';
import { type Channel, type ChannelEvents, createAcceptor } from './webSocket.ts';

export type RealtimeOptions = {
  readonly clock: Clock;
  readonly api: () => LoadedApi | null;
  /** The beat of all waiting: a second, unless a test is in a hurry. */
  readonly tickMilliseconds: number;
  /** How long the resolver of a subscription may take. */
  readonly timeoutMilliseconds: number;
};

export type Realtime = {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly announce: (announcement: Announcement) => void;
  readonly stop: () => Promise<void>;
};

const PATHS = ['/graphql/realtime', '/graphql'];
const CLOSING_MILLISECONDS = 500;
const NOT_FOUND = {
  status: 404,
  errorType: 'NotFoundException',
  message: 'The realtime endpoint is /graphql/realtime.',
};
const HEADERS_MISSING: ErrorShape = { message: 'Required headers are missing.', errorCode: 400 };
const NO_PROTOCOL: ErrorShape = { message: 'NoProtocolError', errorCode: 400 };

/** The realtime endpoint. A refused client gets the reason on an accepted socket, as AppSync's clients expect. */
export function createRealtime(options: RealtimeOptions): Realtime {
  const { api, tickMilliseconds } = options;
  const accept = createAcceptor();
  const heartbeat = createHeartbeat({ tickMilliseconds });
  const subscriptions = createSubscriptions();
  const turns = createTurns();
  const open = createOpenChannels();

  function serve(
    loaded: LoadedApi,
    channel: Channel,
    request: IncomingMessage,
    authentication: Authentication | null,
  ): ChannelEvents {
    const remoteAddress = request.socket.remoteAddress ?? '';
    const error = refusalOf(channel, authentication);
    if (error !== null) return refuse(channel, error);
    const connection = serveConnection({
      ...options,
      api: loaded,
      channel,
      subscriptions,
      turns,
      remoteAddress,
    });
    open.add(channel);
    heartbeat.add(connection);
    return {
      ...connection,
      onClose: () => {
        connection.onClose();
        heartbeat.remove(connection);
        open.remove(channel);
      },
    };
  }

  return {
    upgrade: (request, socket, head) => {
      const loaded = api();
      const path = (request.url ?? '').split('?')[0] ?? '';
      if (loaded === null || !PATHS.includes(path)) return endWithRefusal(socket, NOT_FOUND);
      const authentication = authenticateUpgrade(loaded, request);
      const connect = (known: Authentication | null) => {
        if (!socket.destroyed)
          accept({ request, socket, head }, (channel) => serve(loaded, channel, request, known));
      };
      if (authentication instanceof Promise) authentication.then(connect, () => socket.destroy());
      else connect(authentication);
    },
    announce: (announcement) => announce(subscriptions, announcement),
    stop: async () => {
      heartbeat.stop();
      await open.closeAll();
    },
  };
}

type OpenChannels = {
  readonly add: (channel: Channel) => void;
  readonly remove: (channel: Channel) => void;
  /** Asks every client to close, and cuts the connections that are still open half a second later. */
  readonly closeAll: () => Promise<void>;
};

function createOpenChannels(): OpenChannels {
  const open = new Set<Channel>();
  let onEmpty: (() => void) | null = null;
  return {
    add: (channel) => void open.add(channel),
    remove: (channel) => {
      open.delete(channel);
      if (open.size === 0) onEmpty?.();
    },
    closeAll: async () => {
      if (open.size === 0) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      onEmpty = resolve;
      const timer = setTimeout(resolve, CLOSING_MILLISECONDS);
      for (const channel of open) channel.close(GOING_AWAY);
      await promise;
      clearTimeout(timer);
      for (const channel of open) channel.cut();
    },
  };
}

/** Null for a client that shows no credentials. */
function authenticateUpgrade(
  api: LoadedApi,
  request: IncomingMessage,
): Authentication | null | Promise<Authentication> {
  const fields = authOfUpgrade(request);
  if (fields === null) return null;
  return api.authenticate({
    request: signedRequest(fields, '/graphql/connect', '{}'),
    remoteAddress: request.socket.remoteAddress ?? '',
  });
}

function refusalOf(channel: Channel, authentication: Authentication | null): ErrorShape | null {
  if (!channel.speaksGraphqlWs) return NO_PROTOCOL;
  if (authentication === null) return HEADERS_MISSING;
  return authentication.ok ? null : refusalError(authentication.refusal);
}

function refuse(channel: Channel, error: ErrorShape): ChannelEvents {
  channel.send(connectionError(error));
  channel.close(POLICY_VIOLATION);
  return { onText: () => {}, onAlive: () => {}, onClose: () => {} };
}
