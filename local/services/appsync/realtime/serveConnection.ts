import type { Clock } from '../../../ground/clock/clock.ts';
import type { LoadedApi } from '../execution/execution.ts';
import { ACKNOWLEDGED, invalidated, KEEP_ALIVE, UNSUPPORTED } from './frames.ts';
import type { Beating } from './heartbeat.ts';
import { createLifetime } from './lifetime.ts';
import { createOwnSubscriptions, type OwnSubscriptions } from './ownSubscriptions.ts';
import { type ClientMessage, parseClientMessage } from './parseClientMessage.ts';
import type { Receiver } from './subscription.ts';
import type { Subscriptions } from './subscriptions.ts';
import { textFrames } from './textFrames.ts';
import type { Turns } from './turns.ts';
import type { Channel, ChannelEvents } from './webSocket.ts';

export type ConnectionOptions = {
  readonly api: LoadedApi;
  readonly channel: Channel;
  readonly subscriptions: Subscriptions;
  readonly turns: Turns;
  readonly remoteAddress: string;
  readonly clock: Clock;
  readonly timeoutMilliseconds: number;
};

export type Connection = ChannelEvents & Beating;

const NORMAL_CLOSURE = 1000;
export const GOING_AWAY = 1001;
export const POLICY_VIOLATION = 1008;

/** The answer to `connection_init`. */
const BEGUN = textFrames([ACKNOWLEDGED, KEEP_ALIVE]);

const CLOSURES = { 'is too old': NORMAL_CLOSURE, 'is speechless': POLICY_VIOLATION };

/** One authenticated connection and its subscriptions. After 24 hours it ends, at its next keep-alive at the latest. */
export function serveConnection(options: ConnectionOptions): Connection {
  const lifetime = createLifetime(options.clock);
  const state = { isAlive: true, isOpen: true };
  const channel = withSentHook(options.channel, lifetime.sent);
  const receiver: Receiver = {
    sendFrames: channel.sendFrames,
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
      if (!state.isOpen) return;
      const message = parseClientMessage(text);
      if (message.type !== 'unsupported') lifetime.spoke();
      void receive(message.type, message, { channel, own });
    },
    onAlive: () => void (state.isAlive = true),
    onClose: endAll,
    keepAlive: () => {
      channel.send(KEEP_ALIVE);
      if (lifetime.isTooOld()) channel.close(NORMAL_CLOSURE);
    },
    tick: () => {
      const end = lifetime.tick();
      if (end !== 'goes on') channel.close(CLOSURES[end]);
    },
    probe: () => {
      if (!state.isAlive) return channel.cut();
      state.isAlive = false;
      channel.ping();
    },
  };
}

function withSentHook(channel: Channel, onSent: () => void): Channel {
  return {
    ...channel,
    send: (text) => {
      onSent();
      channel.send(text);
    },
    sendFrames: (frames) => {
      onSent();
      channel.sendFrames(frames);
    },
  };
}

type Type = ClientMessage['type'];
type MessageOf<T extends Type> = { readonly [One in T]: Extract<ClientMessage, { readonly type: One }> }[T];
type Place = { readonly channel: Channel; readonly own: OwnSubscriptions };

const RECEIVE: { readonly [T in Type]: (message: MessageOf<T>, place: Place) => void | Promise<void> } = {
  connection_init: (_message, { channel }) => channel.sendFrames([BEGUN]),
  start: (message, { own }) => own.start(message),
  stop: (message, { own }) => own.stop(message),
  unsupported: (_message, { channel }) => channel.send(UNSUPPORTED),
};

function receive<T extends Type>(type: T, message: MessageOf<T>, place: Place): void | Promise<void> {
  return RECEIVE[type](message, place);
}
