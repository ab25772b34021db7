import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, graphqlSync } from 'graphql';
import { createAssets } from '../../../local/wire/createAssets.ts';
import { isFinal } from '../../../client/orderStatus.ts';
import type { Decision, Order, OrderStatus, OrderStatusEvent } from '../../../client/countersign.ts';
import {
  orderOf,
  startScriptedAppSync,
  type RequestBody,
  type ScriptedAppSync,
} from '../../client/support/scriptedAppSync.ts';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../../..');
/** The API with AppSync's own scalars and directives. */
const SCHEMA = ['appsync.graphql', 'schema.graphql']
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))
  .join('\n');
const HOUR_MILLISECONDS = 3_600_000;

/** The page with an API behind it that does at once what a test says; for what a real cloud does not do on demand. */
export type FakeCloud = {
  readonly url: string;
  readonly server: ScriptedAppSync;
  /** Puts an order there that waits, with so many hours left. */
  readonly addPaused: (orderId: string, details: string | null, options?: PausedOptions) => void;
  readonly decide: (
    orderId: string,
    kind: 'CONFIRMED' | 'REJECTED' | 'CANCELLED',
    decidedBy: string,
    reason?: string,
  ) => void;
  /** Ends an order as nobody decided: it expired, or a step failed for this reason. */
  readonly end: (orderId: string, status: 'EXPIRED' | 'FAILED', reason?: string) => void;
  /** An order that was confirmed and could not be completed. */
  readonly confirmAndFail: (orderId: string, decidedBy: string, reason: string) => void;
  /** Cuts every connection, and refuses new ones until it is called with false. */
  readonly goDown: (isOut: boolean) => void;
  /** Answers every request like this until it is null again. */
  readonly refuseWith: (answer: { readonly status: number; readonly body: string } | null) => void;
};

export type PausedOptions = { readonly hoursLeft?: number; readonly requestedBy?: string };

export async function startFakeCloud(): Promise<FakeCloud> {
  const details = new Map<string, string | null>();
  const requesters = new Map<string, string>();
  const decisions = new Map<string, Decision>();
  let isDown = false;
  let refusal: { readonly status: number; readonly body: string } | null = null;
  const assets = createAssets(() => ({ graphqlUrl: server.url, apiKey: 'da2-example', testControls: false }));
  assets.mount(await webFolder());
  const server = await startScriptedAppSync({
    cuts: (point) => isDown && point === 'upgrade',
    request: (body) => refusal ?? { status: 200, body: JSON.stringify(answer(body)) },
    serve: (request, response) => {
      const asset = assets.answer({ path: String(request.url), headers: request.headers });
      response.writeHead(asset?.status ?? 404, asset?.headers);
      response.end(asset?.body);
    },
  });
  const fullOrder = (orderId: string): Order | null => {
    const order = orderOf(server.orders.get(orderId));
    if (order === null) return null;
    return {
      ...order,
      orderDetails: details.get(orderId) ?? null,
      requestedBy: requesters.get(orderId) ?? null,
      isRequesterVerified: false,
      decision: decisions.get(orderId) ?? null,
    };
  };
  const move = (orderId: string, status: OrderStatus, part: Partial<OrderStatusEvent> = {}) => {
    const history = server.orders.get(orderId) ?? [];
    const version = history.length + 1;
    const nothing = { reason: null, decidedBy: null, deadline: null, reminder: null };
    const event = { orderId, status, version, at: new Date().toISOString(), ...nothing, ...part };
    server.orders.set(orderId, [...history, event]);
    if (version > 1) server.publish(event);
  };
  const addPaused: FakeCloud['addPaused'] = (orderId, text, { hoursLeft = 72, requestedBy } = {}) => {
    details.set(orderId, text);
    if (requestedBy !== undefined) requesters.set(orderId, requestedBy);
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
  const end: FakeCloud['end'] = (orderId, status, reason) => {
    const at = new Date().toISOString();
    const decision = { kind: status, decidedBy: null, isVerified: false, reason: reason ?? null, at };
    if (!decisions.has(orderId)) decisions.set(orderId, decision);
    move(orderId, status, { reason: reason ?? null });
  };
  const confirmAndFail: FakeCloud['confirmAndFail'] = (orderId, decidedBy, reason) => {
    const at = new Date().toISOString();
    decisions.set(orderId, { kind: 'CONFIRMED', decidedBy, isVerified: false, reason: null, at });
    move(orderId, 'CONFIRMED', { decidedBy });
    end(orderId, 'FAILED', reason);
  };
  const answer = ({ query, variables = {} }: RequestBody): unknown => {
    if (query.includes('__schema')) return introspect(query);
    const input = variables['input'] as {
      orderId: string;
      orderDetails: string;
      requestedBy?: string;
      isConfirmed: boolean;
      decidedBy?: string;
      reason?: string;
    };
    if (query.includes('processOrder')) {
      const { orderId, orderDetails, requestedBy } = input;
      addPaused(orderId, orderDetails, requestedBy === undefined ? {} : { requestedBy });
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
    if (query.includes('cancelOrder')) {
      decide(input.orderId, 'CANCELLED', input.decidedBy ?? '', input.reason);
      return { data: { cancelOrder: fullOrder(input.orderId) } };
    }
    if (query.includes('endedOrders')) {
      const ended = [...server.orders.keys()].map(fullOrder).filter((order) => isEnded(order?.status));
      const items = ended.toSorted((left, right) => newestFirst(left, right));
      const first = Number(variables['nextToken'] ?? 0);
      const after = first + Number(variables['limit'] ?? 20);
      const nextToken = after < items.length ? String(after) : null;
      return { data: { endedOrders: { items: items.slice(first, after), nextToken } } };
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
    end,
    confirmAndFail,
    goDown: (isOut) => {
      isDown = isOut;
      if (isOut) server.cut();
    },
    refuseWith: (next) => {
      refusal = next;
    },
  };
}

function isEnded(status: OrderStatus | undefined): boolean {
  return status !== undefined && isFinal(status);
}

function newestFirst(left: Order | null, right: Order | null): number {
  return (right?.updatedAt ?? '').localeCompare(left?.updatedAt ?? '');
}

function introspect(source: string): unknown {
  return graphqlSync({ schema: buildSchema(SCHEMA), source });
}

let built: Promise<string> | null = null;

/** The folder of the built page, one for each worker of the test run; built only when something has changed. */
export function webFolder(): Promise<string> {
  built ??= buildInto(join(ROOT, `node_modules/.cache/web-${process.env['VITEST_POOL_ID'] ?? '0'}`));
  return built;
}

async function buildInto(folder: string): Promise<string> {
  await promisify(execFile)(process.execPath, [join(ROOT, 'web/build.ts'), '--output', folder]);
  return folder;
}
