import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { Outputs } from './cloud.ts';
import { quantile } from './quantile.ts';
import { subscribe } from './realtime.ts';
import type { Result } from './result.ts';

const WARM_UP_ORDERS = 30;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** One order after the other, by one client: how long until each event is heard. */
export async function measureSequential(outputs: Outputs, orders: number): Promise<readonly Result[]> {
  const orderEvents = await hearEvents(outputs);
  const paused: number[] = [];
  const completed: number[] = [];
  for (let index = -WARM_UP_ORDERS; index < orders; index += 1) {
    const orderId = randomUUID();
    const processedAt = performance.now();
    await process(outputs, orderId);
    const pausedAfter = (await orderEvents.heard(orderId, 'PAUSED')) - processedAt;
    const confirmedAt = performance.now();
    await confirm(outputs, orderId);
    const completedAfter = (await orderEvents.heard(orderId, 'COMPLETED')) - confirmedAt;
    if (index < 0) continue;
    paused.push(pausedAfter);
    completed.push(completedAfter);
  }
  orderEvents.close();
  return [
    { what: 'processOrder to PAUSED, p50', value: quantile(paused, 0.5), unit: 'ms', goal: { atMost: 10 } },
    { what: 'processOrder to PAUSED, p99', value: quantile(paused, 0.99), unit: 'ms', goal: { atMost: 40 } },
    {
      what: 'confirmOrder to COMPLETED, p50',
      value: quantile(completed, 0.5),
      unit: 'ms',
      goal: { atMost: 10 },
    },
    {
      what: 'confirmOrder to COMPLETED, p99',
      value: quantile(completed, 0.99),
      unit: 'ms',
      goal: { atMost: 40 },
    },
  ];
}

/** Whole orders, processed, confirmed and completed by many clients at once. */
export async function measureWhole(
  outputs: Outputs,
  clients: number,
  orders: number,
): Promise<readonly Result[]> {
  const orderEvents = await hearEvents(outputs);
  const acknowledged: number[] = [];
  let left = orders;
  const startedAt = performance.now();
  const work = async () => {
    while (left > 0) {
      left -= 1;
      const orderId = randomUUID();
      await process(outputs, orderId);
      await orderEvents.heard(orderId, 'PAUSED');
      const confirmedAt = performance.now();
      await confirm(outputs, orderId);
      acknowledged.push(performance.now() - confirmedAt);
      await orderEvents.heard(orderId, 'COMPLETED');
    }
  };
  await Promise.all(Array.from({ length: clients }, work));
  const seconds = (performance.now() - startedAt) / 1000;
  orderEvents.close();
  return [
    { what: `whole orders, ${clients} clients`, value: orders / seconds, unit: '/s', goal: { atLeast: 110 } },
    {
      what: `confirm acknowledged, ${clients} clients, p99`,
      value: quantile(acknowledged, 0.99),
      unit: 'ms',
      goal: { atMost: 100 },
    },
  ];
}

async function hearEvents(outputs: Outputs) {
  const times = new Map<string, number>();
  const waiting = new Map<string, (at: number) => void>();
  const socket = await subscribe(outputs, 1, ({ orderId, status }) => {
    const name = `${orderId} ${status}`;
    times.set(name, performance.now());
    waiting.get(name)?.(performance.now());
  });
  return {
    heard: (orderId: string, status: string): Promise<number> =>
      new Promise((resolve) => {
        const at = times.get(`${orderId} ${status}`);
        if (at === undefined) waiting.set(`${orderId} ${status}`, resolve);
        else resolve(at);
      }),
    close: () => socket.close(),
  };
}

const process = (outputs: Outputs, orderId: string) =>
  send(
    outputs,
    'mutation ($id: ID!) { processOrder(input: {orderId: $id, orderDetails: "bench"}) { status } }',
    orderId,
  );

const confirm = (outputs: Outputs, orderId: string) =>
  send(
    outputs,
    'mutation ($id: ID!) { confirmOrder(input: {orderId: $id, isConfirmed: true}) { status } }',
    orderId,
  );

function send(outputs: Outputs, query: string, id: string): Promise<void> {
  const body = JSON.stringify({ query, variables: { id } });
  const headers = {
    'content-type': 'application/json',
    'x-api-key': outputs.ApiKey,
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const sent = request(outputs.GraphQLUrl, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      response.on('end', () => (text.includes('"errors"') ? reject(new Error(text)) : resolve()));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
