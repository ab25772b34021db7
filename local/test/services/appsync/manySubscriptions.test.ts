import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { call, publishRoom } from './support/callApi.ts';
import type { ClientSocket } from '../../../testing/openSocket.ts';
import { openSocket, heard, startFrame, subscribe } from './support/openSocket.ts';
import { startApi } from './support/startApi.ts';

const SUBSCRIPTIONS = 100;
const SOCKETS = 2;
const FIELDS = 1_500;

/** A document of some 25 KB, unlike every other one; its syntax tree takes some 2 MB. */
function largeDocument(number: number): string {
  const fields = Array.from({ length: FIELDS }, (_each, field) => `field${number}x${field} : name`);
  return `subscription { onRoom(id: "${number}") { id ${fields.join('\n')} } }`;
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function heapMegabytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1_048_576;
}

async function startAll(socket: ClientSocket, from: number): Promise<void> {
  for (let number = 0; number < SUBSCRIPTIONS; number += 1)
    socket.send(startFrame(largeDocument(from + number), { id: String(number) }));
  for (let number = 0; number < SUBSCRIPTIONS; number += 1)
    expect(await socket.next()).toMatchObject({ type: 'start_ack' });
}

describe('subscriptions with large documents', () => {
  test('keep the text and not the syntax tree: two hundred take less than 150 MB, and hear their events', async () => {
    const api = await startApi();
    const before = heapMegabytes();

    let last = await openSocket(api.realtimeUrl);
    await startAll(last, 0);
    for (let index = 1; index < SOCKETS; index += 1) {
      last = await openSocket(api.realtimeUrl);
      await startAll(last, index * SUBSCRIPTIONS);
    }
    const grown = heapMegabytes() - before;
    await publishRoom(api, 'id: 199, name: "x"');

    expect(grown).toBeLessThan(150);
    const frames = await heard(last);
    expect(frames).toMatchObject([
      { id: '99', payload: { data: { onRoom: { id: '199', field199x0: 'x' } } } },
    ]);
  }, 300_000);

  test('a hundred starts in a burst hold up neither requests nor the starts of others', async () => {
    const api = await startApi();
    const [busy, other] = [await openSocket(api.realtimeUrl), await openSocket(api.realtimeUrl)];
    let started = 0;
    busy.webSocket.on('message', () => (started += 1));

    for (let number = 0; number < SUBSCRIPTIONS; number += 1)
      busy.send(startFrame(largeDocument(number), { id: String(number) }));
    await busy.next();
    await call(api, '{ __typename }');
    const afterRequest = started;
    await subscribe(other, 'subscription { onRoom { id } }', { id: 'other' });

    // Counted in starts, which is the same on a slow machine: a handful of them, not all of the burst.
    expect(afterRequest).toBeLessThan(20);
    expect(started - afterRequest).toBeLessThan(20);
  }, 120_000);

  test('are not begun any more when their client has gone or stopped them', async () => {
    const api = await startApi();
    const [busy, other] = [await openSocket(api.realtimeUrl), await openSocket(api.realtimeUrl)];
    for (let number = 0; number < SUBSCRIPTIONS; number += 1)
      busy.send(startFrame(largeDocument(number), { id: String(number) }));
    for (let number = 1; number < SUBSCRIPTIONS; number += 1) busy.send({ id: String(number), type: 'stop' });
    const began = performance.now();

    const frames = await heard(busy);
    await subscribe(other, 'subscription { onRoom { id } }', { id: 'other' });

    expect(frames.filter(({ type }) => type === 'complete')).toHaveLength(SUBSCRIPTIONS - 1);
    expect(performance.now() - began).toBeLessThan(20_000);
  }, 60_000);

  test('have a bound for what a connection keeps', async () => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);
    const long = (number: number) => `subscription ($a: String) { onRoom(id: "${number}", name: $a) { id } }`;
    const variables = { a: 'x'.repeat(900_000) };
    const answers = [];

    for (let number = 0; number < 20; number += 1)
      answers.push(await subscribe(socket, long(number), { id: String(number), variables }));

    expect(answers.filter(({ type }) => type === 'start_ack')).toHaveLength(18);
    expect(answers.at(-1)).toMatchObject({
      type: 'error',
      payload: { errors: [{ errorType: 'LimitExceededError' }] },
    });
    socket.send({ id: '0', type: 'stop' });
    expect(await socket.next()).toMatchObject({ type: 'complete' });
    expect(await subscribe(socket, long(21), { id: '21', variables })).toMatchObject({ type: 'start_ack' });
  });
});
