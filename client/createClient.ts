import { createAsk } from './ask.ts';
import type { Client } from './client.ts';
import { OPERATIONS } from './operations.ts';
import type { ClientOptions } from './options.ts';
import { parseOptions } from './parseOptions.ts';
import { createRealtime } from './realtime/createRealtime.ts';
import type { ProcessOrderInput } from './schema.generated.ts';
import { watchOrder } from './watch/watchOrder.ts';
import { watchOrders } from './watch/watchOrders.ts';

/**
 * A client of one API. It opens no connection before the first watch.
 * @example const client = createClient({ url: 'http://localhost:4000/graphql', apiKey: 'da2-…' });
 * @throws TypeError where `url`, `apiKey`, `token` or `realtimeUrl` cannot work; the message names it.
 */
export function createClient(options: ClientOptions): Client {
  const environment = parseOptions({ ...options }); // a copy: JavaScript may pass none at all
  const ask = createAsk(environment);
  const realtime = createRealtime(environment);
  const watching = { environment, ask, realtime };
  return {
    processOrder: (input, call = {}) =>
      ask(OPERATIONS.processOrder, { input: call.retries === undefined ? input : identified(input) }, call),
    confirmOrder: (input, call) => ask(OPERATIONS.confirmOrder, { input }, call),
    cancelOrder: (input, call) => ask(OPERATIONS.cancelOrder, { input }, call),
    order: (orderId, call) => ask(OPERATIONS.order, { orderId }, call),
    pendingOrders: (input = {}, call) => ask(OPERATIONS.pendingOrders, input, call),
    endedOrders: (input = {}, call) => ask(OPERATIONS.endedOrders, input, call),
    watchOrder: (orderId, watch) => watchOrder(watching, orderId, watch),
    watchOrders: (watch) => watchOrders(watching, watch),
    connection: realtime.connection,
    reconnect: realtime.reconnect,
  };
}

/** An order that may be sent again needs an id that stays the same. */
function identified(input: ProcessOrderInput): ProcessOrderInput {
  // Not randomUUID: pages without TLS have none.
  const orderId = crypto.getRandomValues(new Uint32Array(4)).join('-');
  return { ...input, orderId: input.orderId ?? orderId };
}
