import { WebSocket } from 'ws';
import type { Outputs } from './cloud.ts';

export type OrderEvent = { readonly orderId: string; readonly status: string };

/** Opens one connection with `count` subscriptions to all orders; resolves when every one is acknowledged. */
export async function subscribe(
  outputs: Outputs,
  count: number,
  onEvent: (event: OrderEvent) => void,
): Promise<WebSocket> {
  const authorization = { host: new URL(outputs.GraphQLUrl).host, 'x-api-key': outputs.ApiKey };
  const header = `header-${Buffer.from(JSON.stringify(authorization)).toString('base64url')}`;
  const socket = new WebSocket(outputs.RealtimeUrl, ['graphql-ws', header]);
  const data = JSON.stringify({ query: 'subscription { onOrderStatus { orderId status version at } }' });
  let acknowledged = 0;
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (bytes: Buffer) => {
      const text = bytes.toString('utf8');
      if (text.includes('"type":"data"')) {
        onEvent(parseEvent(text));
        return;
      }
      if (text.includes('connection_ack')) {
        for (let id = 0; id < count; id += 1) {
          socket.send(
            JSON.stringify({
              id: String(id),
              type: 'start',
              payload: { data, extensions: { authorization } },
            }),
          );
        }
      }
      if (text.includes('start_ack')) acknowledged += 1;
      if (acknowledged === count) resolve();
      if (text.includes('error')) reject(new Error(text));
    });
  });
  return socket;
}

function parseEvent(text: string): OrderEvent {
  const frame: { payload: { data: { onOrderStatus: OrderEvent } } } = JSON.parse(text);
  return frame.payload.data.onOrderStatus;
}
