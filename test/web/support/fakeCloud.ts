import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, graphqlSync } from 'graphql';
import { createAssets } from '../../../local/wire/createAssets.ts';
import type { Decision, Order, OrderStatus, OrderStatusEvent } from '../../../client/countersign.ts';
import {
  orderOf,
  startScriptedAppSync,
  type RequestBody,
  type ScriptedAppSync,
} from '../../client/support/scriptedAppSync.ts';
import { webFolder } from './webFolder.ts';

const HOUR_MILLISECONDS = 3_600_000;

/** The page with an API behind it that does at once what a test says; for what a real cloud does not do on demand. */
export type FakeCloud = {
  readonly url: string;
  readonly server: ScriptedAppSync;
  /** Puts an order there that waits, with so many hours left. */
  readonly addPaused: (orderId: string, details: string, hoursLeft?: number) => void;
  readonly decide: (
    orderId: string,
    kind: 'CONFIRMED' | 'REJECTED',
    decidedBy: string,
    reason?: string,
  ) => void;
  /** Answers every request like this until it is null again. */
  readonly refuseWith: (answer: { readonly status: number; readonly body: string } | null) => void;
};

export async function startFakeCloud(): Promise<FakeCloud> {
  const details = new Map<string, string>();
  const decisions = new Map<string, Decision>();
  let refusal: { readonly status: number; readonly body: string } | null = null;
  const assets = createAssets(() => ({ graphqlUrl: server.url, apiKey: 'da2-example', testControls: false }));
  assets.mount(await webFolder());
  const server = await startScriptedAppSync({
    cuts: () => false,
    request: (body) => refusal ?? { status: 200, body: JSON.stringify(answer(body)) },
    serve: (request, response) => {
      const asset = assets.answer(String(request.url));
      response.writeHead(asset?.status ?? 404, asset?.headers);
      response.end(asset?.body);
    },
  });
  const fullOrder = (orderId: string): Order | null => {
    const order = orderOf(server.orders.get(orderId));
    if (order === null) return null;
    return { ...order, orderDetails: details.get(orderId) ?? null, decision: decisions.get(orderId) ?? null };
  };
  const move = (orderId: string, status: OrderStatus, part: Partial<OrderStatusEvent> = {}) => {
    const history = server.orders.get(orderId) ?? [];
    const version = history.length + 1;
    const nothing = { reason: null, decidedBy: null, deadline: null, reminder: null };
    const event = { orderId, status, version, at: new Date().toISOString(), ...nothing, ...part };
    server.orders.set(orderId, [...history, event]);
    if (version > 1) server.publish(event);
  };
  const addPaused = (orderId: string, text: string, hoursLeft = 72) => {
    details.set(orderId, text);
    const deadline = new Date(Date.now() + hoursLeft * HOUR_MILLISECONDS).toISOString();
    move(orderId, 'RECEIVED');
    move(orderId, 'PROCESSING');
    move(orderId, 'PAUSED', { deadline, reminder: 0 });
  };
  const decide: FakeCloud['decide'] = (orderId, kind, decidedBy, reason) => {
    const claim = { decidedBy, reason: reason ?? null };
    decisions.set(orderId, { kind, isVerified: false, ...claim, at: new Date().toISOString() });
    move(orderId, kind, claim);
    if (kind === 'CONFIRMED') move(orderId, 'COMPLETED');
  };
  const answer = ({ query, variables = {} }: RequestBody): unknown => {
    if (query.includes('__schema')) return introspect(query);
    const input = variables['input'] as {
      orderId: string;
      orderDetails: string;
      isConfirmed: boolean;
      decidedBy?: string;
      reason?: string;
    };
    if (query.includes('processOrder')) {
      addPaused(input.orderId, input.orderDetails);
      return { data: { processOrder: fullOrder(input.orderId) } };
    }
    if (query.includes('confirmOrder')) {
      decide(
        input.orderId,
        input.isConfirmed ? 'CONFIRMED' : 'REJECTED',
        input.decidedBy ?? '',
        input.reason,
      );
      return { data: { confirmOrder: fullOrder(input.orderId) } };
    }
    if (query.includes('pendingOrders')) {
      const items = [...server.orders.keys()].map(fullOrder).filter((order) => order?.status === 'PAUSED');
      return { data: { pendingOrders: { items, nextToken: null } } };
    }
    return { data: { order: fullOrder(String(variables['orderId'])) } };
  };
  return {
    url: server.url.replace('/graphql', ''),
    server,
    addPaused,
    decide,
    refuseWith: (next) => {
      refusal = next;
    },
  };
}

const SCHEMA = join(import.meta.dirname, '../../../schema.graphql');
const APPSYNC = `scalar AWSDateTime
directive @aws_api_key on OBJECT | FIELD_DEFINITION
directive @aws_iam on OBJECT | FIELD_DEFINITION
directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
`;

function introspect(source: string): unknown {
  return graphqlSync({ schema: buildSchema(APPSYNC + readFileSync(SCHEMA, 'utf8')), source });
}
