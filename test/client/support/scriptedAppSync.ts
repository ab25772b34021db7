import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Order, OrderStatusEvent, OrderStatus } from '../../../client/countersign.ts';

/** What a script may do at a point of the protocol: nothing, or cut the connection. */
export type Point = 'upgrade' | 'init' | 'ack' | 'start' | 'start_ack' | 'data' | 'query' | 'answer';

export type Script = {
  /** True cuts the connection at this point. */
  readonly cuts: (point: Point) => boolean;
  /** Answers a frame in the service's place; null leaves it to the service. */
  readonly frame?: (frame: Frame) => object | null;
  /** Answers a request in the service's place; null leaves it to the service. */
  readonly request?: (body: RequestBody) => { readonly status: number; readonly body: string } | null;
  /** Serves what is no GraphQL. */
  readonly serve?: (request: IncomingMessage, response: ServerResponse) => void;
};
export type Frame = {
  readonly id: string;
  readonly type: string;
  readonly payload?: { readonly data: string };
};
export type RequestBody = { readonly query: string; readonly variables: Record<string, unknown> };

export type ScriptedAppSync = {
  readonly url: string;
  readonly orders: Map<string, OrderStatusEvent[]>;
  readonly queries: () => number;
  readonly sockets: () => number;
  /** Subscriptions on each open socket. */
  readonly subscriptions: () => readonly number[];
  readonly protocols: string[];
  /** Of every request to the API. */
  readonly headers: IncomingMessage['headers'][];
  readonly received: Frame[];
  /** Sends an event to those who have subscribed to its order. */
  readonly publish: (event: OrderStatusEvent) => void;
  readonly send: (frame: object) => void;
  readonly cut: () => void;
  readonly close: () => Promise<void>;
};

/** AppSync's protocols over a real socket, with only as much behind them as a client can see. */
export async function startScriptedAppSync(script: Script = { cuts: () => false }): Promise<ScriptedAppSync> {
  const orders = new Map<string, OrderStatusEvent[]>();
  const subscriptions = new Map<WebSocket, Map<string, string | undefined>>();
  const protocols: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const received: Frame[] = [];
  let queries = 0;

  const server = createServer((request, response) => void answer(request, response));
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.url !== '/graphql') return script.serve?.(request, response);
    const body: RequestBody = JSON.parse(await text(request));
    queries += 1;
    headers.push(request.headers);
    if (script.cuts('query')) return void request.socket.destroy();
    const scripted = script.request?.(body) ?? null;
    const answered = scripted?.body ?? JSON.stringify({ data: dataOf(orders, body) });
    if (script.cuts('answer')) return void request.socket.destroy();
    response.writeHead(scripted?.status ?? 200, { 'content-type': 'application/json' });
    response.end(answered);
  };

  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'graphql-ws' });
  server.on('upgrade', (request, socket, head) => {
    protocols.push(String(request.headers['sec-websocket-protocol']));
    if (script.cuts('upgrade')) return void socket.destroy();
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      subscriptions.set(webSocket, new Map());
      webSocket.on('message', (data) => hear(webSocket, JSON.parse(String(data))));
      webSocket.on('close', () => subscriptions.delete(webSocket));
    });
  });
  const say = (webSocket: WebSocket, point: Point, frame: object) => {
    if (script.cuts(point)) webSocket.terminate();
    else webSocket.send(JSON.stringify(frame));
  };
  const hear = (webSocket: WebSocket, frame: Frame) => {
    received.push(frame);
    const scripted = script.frame?.(frame) ?? null;
    if (scripted !== null) return webSocket.send(JSON.stringify(scripted));
    if (frame.type === 'connection_init') {
      if (script.cuts('init')) return webSocket.terminate();
      say(webSocket, 'ack', { type: 'connection_ack', payload: { connectionTimeoutMs: 300_000 } });
    }
    if (frame.type === 'stop') {
      subscriptions.get(webSocket)?.delete(frame.id);
      webSocket.send(JSON.stringify({ id: frame.id, type: 'complete' }));
    }
    if (frame.type !== 'start') return;
    if (script.cuts('start')) return webSocket.terminate();
    const { variables = {} }: { variables?: { orderId?: string } } = JSON.parse(frame.payload?.data ?? '');
    subscriptions.get(webSocket)?.set(frame.id, variables.orderId);
    say(webSocket, 'start_ack', { id: frame.id, type: 'start_ack' });
  };

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    orders,
    queries: () => queries,
    sockets: () => subscriptions.size,
    subscriptions: () => [...subscriptions.values()].map(({ size }) => size),
    protocols,
    headers,
    received,
    publish: (event) => {
      for (const [webSocket, ids] of subscriptions) {
        for (const [id, orderId] of ids) {
          if (orderId !== undefined && orderId !== event.orderId) continue;
          say(webSocket, 'data', { id, type: 'data', payload: { data: { onOrderStatus: event } } });
        }
      }
    },
    send: (frame) => {
      for (const webSocket of subscriptions.keys()) webSocket.send(JSON.stringify(frame));
    },
    cut: () => {
      for (const webSocket of subscriptions.keys()) webSocket.terminate();
    },
    close: async () => {
      for (const webSocket of sockets.clients) webSocket.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function dataOf(orders: ReadonlyMap<string, OrderStatusEvent[]>, { query, variables }: RequestBody): unknown {
  if (!query.includes('pendingOrders')) return { order: orderOf(orders.get(String(variables['orderId']))) };
  const paused = [...orders.values()].filter((history) => history.at(-1)?.status === 'PAUSED');
  const first = Number(variables['nextToken'] ?? 0);
  const end = first + Number(variables['limit'] ?? 20);
  const nextToken = end < paused.length ? String(end) : null;
  return { pendingOrders: { items: paused.slice(first, end).map(orderOf), nextToken } };
}

export function orderOf(history: readonly OrderStatusEvent[] | undefined): Order | null {
  const [first] = history ?? [];
  const last = history?.at(-1);
  if (history === undefined || first === undefined || last === undefined) return null;
  const { orderId, status, version, deadline } = last;
  const times = { createdAt: first.at, updatedAt: last.at };
  return {
    orderId,
    status,
    version,
    deadline,
    ...times,
    orderDetails: null,
    requestedBy: null,
    isRequesterVerified: false,
    decision: null,
    history,
  };
}

/** One order's way through its statuses, with a reminder. */
export const LIFE: readonly OrderStatus[] = [
  'RECEIVED',
  'PROCESSING',
  'PAUSED',
  'PAUSED',
  'CONFIRMED',
  'COMPLETED',
];

export function eventOf(orderId: string, version: number): OrderStatusEvent {
  const status = LIFE[version - 1] ?? 'COMPLETED';
  const at = new Date(Date.UTC(2026, 0, 1, 0, 0, version)).toISOString();
  return { orderId, status, version, at, reason: null, decidedBy: null, deadline: null, reminder: null };
}
