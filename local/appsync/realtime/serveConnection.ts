import type { Clock } from '../../clock/clock.ts';
import type { LoadedApi } from '../loadedApi.ts';
import {
  ACKNOWLEDGED,
  complete,
  invalidated,
  KEEP_ALIVE,
  maxSubscriptions,
  startAck,
  startError,
  UNSUPPORTED,
} from './frames.ts';
import type { Beating } from './heartbeat.ts';
import { parseClientMessage, type ClientMessage } from './parseClientMessage.ts';
import { startSubscription, type Start } from './startSubscription.ts';
import type { Receiver, Subscription } from './subscription.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Channel, ChannelEvents } from './webSocket.ts';

export type ConnectionOptions = {
  readonly api: LoadedApi;
  readonly channel: Channel;
  readonly subscriptions: Subscriptions;
  readonly remoteAddress: string;
  readonly clock: Clock;
};

export type Connection = ChannelEvents & Beating;

const MOST_SUBSCRIPTIONS = 100;
const LONGEST_CONNECTION_MILLISECONDS = 24 * 3_600_000;
export const NORMAL_CLOSURE = 1000;
export const GOING_AWAY = 1001;

/** One authenticated connection and its subscriptions. `null` stands for one that is still being checked. */
export function serveConnection({
  api,
  channel,
  subscriptions,
  remoteAddress,
  clock,
}: ConnectionOptions): Connection {
  const own = new Map<string, Subscription | symbol>();
  const openedAt = clock.now();
  let isAlive = true;
  let isOpen = true;

  function endAll(): void {
    isOpen = false;
    for (const subscription of own.values())
      if (typeof subscription !== 'symbol') subscriptions.remove(subscription);
    own.clear();
  }

  const receiver: Receiver = {
    sendAll: channel.sendAll,
    invalidate: (id) => {
      channel.send(invalidated(id));
      endAll();
      channel.close(NORMAL_CLOSURE);
    },
  };

  async function start({
    id,
    data,
    authorization,
  }: Extract<ClientMessage, { type: 'start' }>): Promise<void> {
    if (own.has(id)) return channel.send(startError(id, [duplicated(id)]));
    if (own.size >= MOST_SUBSCRIPTIONS) return channel.send(maxSubscriptions(id, MOST_SUBSCRIPTIONS));
    const checking = Symbol(id);
    own.set(id, checking);
    const started = await startSubscription(api, { id, data, authorization, remoteAddress, receiver });
    if (own.get(id) === checking) settle(id, started); // else it was stopped in the meantime
  }

  function settle(id: string, started: Start): void {
    if (!started.ok) {
      own.delete(id);
      return channel.send(startError(id, started.errors));
    }
    own.set(id, started.subscription);
    subscriptions.add(started.subscription);
    channel.send(startAck(id));
  }

  function stop({ id }: Extract<ClientMessage, { type: 'stop' }>): void {
    const subscription = own.get(id);
    if (subscription === undefined) return channel.send(startError(id, [unknownOperation(id)]));
    if (typeof subscription !== 'symbol') subscriptions.remove(subscription);
    own.delete(id);
    channel.send(complete(id));
  }

  function receive(message: ClientMessage): void | Promise<void> {
    switch (message.type) {
      case 'connection_init':
        return channel.sendAll([ACKNOWLEDGED, KEEP_ALIVE]);
      case 'start':
        return start(message);
      case 'stop':
        return stop(message);
      case 'unsupported':
        return channel.send(UNSUPPORTED);
    }
  }

  return {
    onText: (text) => {
      if (isOpen) void receive(parseClientMessage(text));
    },
    onAlive: () => void (isAlive = true),
    onClose: endAll,
    keepAlive: () => {
      channel.send(KEEP_ALIVE);
      if (clock.now() - openedAt >= LONGEST_CONNECTION_MILLISECONDS) channel.close(NORMAL_CLOSURE);
    },
    probe: () => {
      if (!isAlive) return channel.cut();
      isAlive = false;
      channel.ping();
    },
  };
}

function duplicated(id: string) {
  return { errorType: 'DuplicatedOperationError', message: `Duplicated operation with id ${id}` };
}

function unknownOperation(id: string) {
  return { errorType: 'UnknownOperationError', message: `Unknown operation id ${id}` };
}
