import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { HttpHandler } from '../../wire/httpMessage.ts';
import { readBody } from '../../wire/readBody.ts';

const MAX_BODY_BYTES = 1_048_576;

/** Serves one handler on a free port for as long as the test runs; answers its address. */
export async function serveHandler(handlerOn: (port: number) => HttpHandler): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const handler = handlerOn(port);
  server.on('request', async (message, response) => {
    const [path = '', query = ''] = (message.url ?? '').split('?');
    const answer = await handler({
      method: message.method ?? 'GET',
      path,
      query,
      headers: message.headers,
      body: await readBody(message, MAX_BODY_BYTES),
      remoteAddress: '127.0.0.1',
      accessKeyId: null,
    });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  onTestFinished(() => void server.closeAllConnections());
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return `http://localhost:${port}`;
}
