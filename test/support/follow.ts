import { onTestFinished } from 'vitest';
import { type ClientSocket, type Frame, openSocket, subprotocols } from '@countersign/local-cloud/testing';
import { EVENT_FIELDS, type StatusEvent, askOrder, type Order, processOrder } from './graphql.ts';
import type { Outputs } from './localCloud.ts';
import { randomUUID } from 'node:crypto';

/** A subscription to onOrderStatus over AppSync's realtime protocol, spoken by hand. */
export type Following = {
  readonly events: readonly StatusEvent[];
  /** Resolves when an event with this status of this order has come; rejects when the socket ends before. */
  readonly until: (status: string, orderId?: string) => Promise<StatusEvent>;
  /** Resolves when so many events with this status have come. */
  readonly untilCount: (status: string, count: number) => Promise<void>;
  /** Resolves when more than `seen` events have come. */
  readonly untilMore: (seen: number) => Promise<void>;
  readonly close: () => void;
};

/** Subscribes to one order or, without an id, to all, until the test has finished; resolves after start_ack. */
export async function follow(outputs: Outputs, orderId?: string): Promise<Following> {
  const live = await subscribe(outputs, orderId);
  onTestFinished(live.close);
  return live;
}

/** As `follow`, for those that close it themselves. */
export async function subscribe(outputs: Outputs, orderId?: string): Promise<Following> {
  const authorization = { host: new URL(outputs.GraphQLUrl).host, 'x-api-key': outputs.ApiKey };
  const socket = await openSocket(outputs.RealtimeUrl, { protocols: subprotocols(authorization) });
  const data = JSON.stringify({
    query:
      orderId === undefined
        ? `subscription { onOrderStatus { ${EVENT_FIELDS} } }`
        : `subscription ($orderId: ID) { onOrderStatus(orderId: $orderId) { ${EVENT_FIELDS} } }`,
    variables: orderId === undefined ? {} : { orderId },
  });
  const start = { id: '1', type: 'start', payload: { data, extensions: { authorization } } };
  socket.send({ type: 'connection_init' });
  await untilType(socket, 'connection_ack');
  socket.send(start);
  await untilType(socket, 'start_ack');

  const events: StatusEvent[] = [];
  const waiting = new Set<() => void>();
  const readEvents = async (): Promise<never> => {
    for (;;) {
      events.push((await untilType(socket, 'data')).data.onOrderStatus);
      for (const look of waiting) look();
    }
  };
  const ended = readEvents();
  ended.catch(() => {});

  const untilFound = <T>(find: () => T | undefined): Promise<T> => {
    const found = Promise.withResolvers<T>();
    const look = () => {
      const value = find();
      if (value !== undefined) found.resolve(value);
    };
    waiting.add(look);
    look();
    return Promise.race([found.promise, ended]).finally(() => waiting.delete(look));
  };
  return {
    events,
    until: (status, id) =>
      untilFound(() =>
        events.find((one) => one.status === status && (id === undefined || one.orderId === id)),
      ),
    untilCount: async (status, count) =>
      void (await untilFound(() => events.filter((one) => one.status === status)[count - 1])),
    untilMore: async (seen) => void (await untilFound(() => events[seen])),
    close: socket.close,
  };
}

/** The payload of the next frame of this type; rejects with what the service refuses, and when the socket closes. */
async function untilType(socket: ClientSocket, type: string): Promise<Frame[string]> {
  for (;;) {
    const frame = await socket.next();
    if (frame['type'] === type) return frame['payload'];
    if (frame['type'].endsWith('error')) throw new Error(JSON.stringify(frame));
  }
}

/** Resolves with the order as soon as it is as wanted, as a client would follow it: subscribe, query, and query again on each event. */
export async function untilOrder(
  outputs: Outputs,
  orderId: string,
  isWanted: (order: Order) => boolean,
): Promise<Order> {
  const live = await subscribe(outputs, orderId);
  try {
    for (;;) {
      const seen = live.events.length; // what comes while the answer is under way may be newer than the answer
      const { data, errors = [] } = await askOrder(outputs, orderId);
      if (data?.order && isWanted(data.order)) return data.order;
      if (errors.some(({ errorInfo }) => errorInfo?.retryable !== true))
        throw new Error(JSON.stringify(errors));
      if (errors.length === 0) await live.untilMore(seen);
    }
  } finally {
    live.close();
  }
}

export type PausedOrder = {
  readonly orderId: string;
  /** Follows the order since before it was processed. */
  readonly live: Following;
  /** The event with which it paused. */
  readonly paused: StatusEvent;
};

/** A new order that waits for its confirmation. */
export async function pausedOrder(
  outputs: Outputs,
  input: { readonly orderDetails?: string } = {},
): Promise<PausedOrder> {
  const orderId = randomUUID();
  const live = await follow(outputs, orderId);
  await processOrder(outputs, { orderId, ...input });
  return { orderId, live, paused: await live.until('PAUSED') };
}
