import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { noFaults } from '../../ground/faults/faults.ts';
import { createServer } from '../../wire/createServer.ts';
import type { HttpResponse } from '../../wire/httpMessage.ts';

/** A server that answers every GET with these headers. */
async function serve(headers: Readonly<Record<string, string>>) {
  const bugs: unknown[] = [];
  const answer = (): HttpResponse => ({ status: 200, headers, body: Buffer.from('x') });
  const { request, upgrade } = createServer({
    routes: Promise.resolve({
      tenants: [],
      hasPage: () => true,
      verifySignature: () => ({ ok: false, code: 'AccessDenied', reason: 'no' }),
      faults: noFaults,
      settled: async () => {},
      asset: answer,
      issuer: null,
      metrics: () => ({ status: 200, headers: {}, body: '' }),
      logs: () => ({ status: 200, headers: {}, body: '' }),
      testControls: null,
    }),
    upgrade: (_request, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
    host: null,
    onBug: (error) => void bugs.push(error),
  });
  const server = createHttpServer(request).on('upgrade', upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const statusOf = async (...head: readonly string[]) => {
    const socket = connect(port, '127.0.0.1');
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    return (await text(socket)).split(' ')[1];
  };
  return { bugs, statusOf, get: () => fetch(`http://127.0.0.1:${port}/`) };
}

test.each([
  ['a value that is no header', { 'x-one': 'a\u0001b' }],
  ['a name that is none', { 'x one': 'a' }],
  ['a trailer that does not come', { trailer: 'x' }],
])(
  'an answer with %s becomes an internal error with an id, and the next one is served',
  async (_what, bad) => {
    const { get, bugs } = await serve(bad);

    const [first, second] = [await get(), await get()];

    expect([first.status, second.status]).toEqual([500, 500]);
    expect(await first.json()).toMatchObject({
      message: expect.stringMatching(/^Internal error \(id [0-9a-f-]{36}\)\.$/),
    });
    expect(bugs).toHaveLength(2);
  },
);

test('a Content-Disposition goes out byte for byte', async () => {
  const bytes = Buffer.from('attachment; filename="€.txt"').toString('latin1');
  const { get } = await serve({ 'content-disposition': bytes });

  const answer = await get();

  expect([answer.status, answer.headers.get('content-disposition')]).toEqual([200, bytes]);
});

test.each([
  ['the address of its first line', ['GET http://evil.example/ HTTP/1.1', 'Host: localhost'], ['403', '403']],
  ['one of two Hosts', ['GET / HTTP/1.1', 'Host: localhost', 'Host: evil.example'], ['403', '403']],
  ['no other host', ['GET http://localhost/ HTTP/1.1', 'Host: evil.example'], ['200', '101']],
])('a request, or the upgrade to a WebSocket, is for another host by %s', async (_what, head, statuses) => {
  const { statusOf } = await serve({});

  const request = await statusOf(...head, 'Connection: close');
  const upgrade = await statusOf(...head, 'Connection: Upgrade', 'Upgrade: websocket');

  expect([request, upgrade]).toEqual(statuses);
});
