import type { Clock } from '../../clock/clock.ts';
import { LIMITS } from '../limits.ts';
import type { LoadedApi } from '../loadedApi.ts';
import { ACKNOWLEDGED, invalidated, KEEP_ALIVE, UNSUPPORTED } from './frames.ts';
import type { Beating } from './heartbeat.ts';
import { createOwnSubscriptions, type OwnSubscriptions } from './ownSubscriptions.ts';
import { parseClientMessage, type ClientMessage } from './parseClientMessage.ts';
import type { Receiver } from './subscription.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Channel, ChannelEvents } from './webSocket.ts';

export type ConnectionOptions = {
  readonly api: LoadedApi;
  readonly channel: Channel;
  readonly subscriptions: Subscriptions;
  readonly remoteAddress: string;
  readonly clock: Clock;
  readonly timeoutMilliseconds: number;
};

export type Connection = ChannelEvents & Beating;

const LONGEST_CONNECTION_MILLISECONDS = LIMITS['hours of a connection'] * 3_600_000;
export const NORMAL_CLOSURE = 1000;
export const GOING_AWAY = 1001;

/** Whoever put the clock forward still hears what became due: the end waits until so long nothing was sent. */
const QUIET_TICKS = 5;

/** One authenticated connection and its subscriptions. After 24 hours it ends, at its next keep-alive at the latest. */
export function serveConnection(options: ConnectionOptions): Connection {
  const { clock } = options;
  const openedAt = clock.now();
  const isTooOld = () => clock.now() - openedAt >= LONGEST_CONNECTION_MILLISECONDS;
  const state = { isAlive: true, isOpen: true, quietTicks: 0 };
  const channel = noticing(options.channel, () => (state.quietTicks = 0));
  const receiver: Receiver = {
    sendAll: channel.sendAll,
    invalidate: (id) => {
      channel.send(invalidated(id));
      endAll();
      channel.close(NORMAL_CLOSURE);
    },
  };
  const own = createOwnSubscriptions({ ...options, receiver, send: channel.send });
  const endAll = () => {
    state.isOpen = false;
    own.endAll();
  };
  return {
    onText: (text) => {
      if (state.isOpen) void receive(parseClientMessage(text), channel, own);
    },
    onAlive: () => void (state.isAlive = true),
    onClose: endAll,
    keepAlive: () => {
      channel.send(KEEP_ALIVE);
      if (isTooOld()) channel.close(NORMAL_CLOSURE);
    },
    tick: () => {
      if (!isTooOld()) return;
      state.quietTicks += 1;
      if (state.quietTicks >= QUIET_TICKS) channel.close(NORMAL_CLOSURE);
    },
    probe: () => {
      if (!state.isAlive) return channel.cut();
      state.isAlive = false;
      channel.ping();
    },
  };
}

function noticing(channel: Channel, onSent: () => void): Channel {
  return {
    ...channel,
    send: (text) => {
      onSent();
      channel.send(text);
    },
    sendAll: (texts) => {
      onSent();
      channel.sendAll(texts);
    },
  };
}

function receive(message: ClientMessage, channel: Channel, own: OwnSubscriptions): void | Promise<void> {
  switch (message.type) {
    case 'connection_init':
      return channel.sendAll([ACKNOWLEDGED, KEEP_ALIVE]);
    case 'start':
      return own.start(message);
    case 'stop':
      return own.stop(message);
    case 'unsupported':
      return channel.send(UNSUPPORTED);
  }
}
