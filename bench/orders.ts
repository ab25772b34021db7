import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { Outputs } from './cloud.ts';
import { useOf } from './processUse.ts';
import { subscribe } from './realtime.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** The figures of orders that went through a cloud while its process was watched. */
export type OrderFigures = {
  readonly perSecond: number;
  /** Milliseconds of each order. */
  readonly paused: readonly number[];
  readonly acknowledged: readonly number[];
  readonly completed: readonly number[];
  /** The cloud's processor time an order, in milliseconds; null where it cannot be read. */
  readonly processorMilliseconds: number | null;
  /** The cloud's memory at the end; null where it cannot be read. */
  readonly megabytes: number | null;
};

export type OrderLoad = {
  readonly outputs: Outputs;
  readonly pid: number;
  /** Each has one order at a time: processed, paused, confirmed, completed. */
  readonly clients: number;
  readonly seconds: number;
};

/** Whole orders for some seconds, each followed live. */
export async function runOrders({ outputs, pid, clients, seconds }: OrderLoad): Promise<OrderFigures> {
  const orderEvents = await hearEvents(outputs);
  const [paused, acknowledged, completed]: [number[], number[], number[]] = [[], [], []];
  const before = useOf(pid);
  const startedAt = performance.now();
  const isOver = () => performance.now() - startedAt > seconds * 1000;
  const work = async () => {
    while (!isOver()) {
      const orderId = randomUUID();
      const processedAt = performance.now();
      await process(outputs, orderId);
      paused.push((await orderEvents.heard(orderId, 'PAUSED')) - processedAt);
      const confirmedAt = performance.now();
      await confirm(outputs, orderId);
      acknowledged.push(performance.now() - confirmedAt);
      completed.push((await orderEvents.heard(orderId, 'COMPLETED')) - confirmedAt);
    }
  };
  await Promise.all(Array.from({ length: clients }, work));
  const elapsed = (performance.now() - startedAt) / 1000;
  const after = useOf(pid);
  orderEvents.close();
  const processor =
    before === null || after === null ? null : after.processorMilliseconds - before.processorMilliseconds;
  return {
    perSecond: completed.length / elapsed,
    paused,
    acknowledged,
    completed,
    processorMilliseconds: processor === null ? null : processor / completed.length,
    megabytes: after?.megabytes ?? null,
  };
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
