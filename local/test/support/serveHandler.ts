import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpHandler } from '../../wire/httpMessage.ts';
import { readBody } from '../../wire/readBody.ts';

const MAX_BODY_BYTES = 100_000_000;

export type ServedHandler = {
  readonly server: Server;
  readonly port: number;
  /** Such as `http://127.0.0.1:4000`. */
  readonly endpoint: string;
  readonly close: () => Promise<void>;
};

export type ServeOptions = {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Whose signature counts as verified; null, the default, for unsigned requests. */
  readonly accessKeyId?: string | null;
};

/** Serves the handler for a port over HTTP, without the cloud's server around it, until it is closed. */
export async function serveHandler(
  handlerOn: (port: number) => HttpHandler,
  { port: wanted = 0, accessKeyId = null }: ServeOptions = {},
): Promise<ServedHandler> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const handler = handlerOn(port);
  server.on('request', async (message, response) => {
    const [path = '', query = ''] = (message.url ?? '').split('?');
    const { method = 'GET', headers, rawHeaders, socket } = message;
    const answer = await handler({
      method,
      path,
      query,
      headers,
      rawHeaders,
      body: await readBody(message, MAX_BODY_BYTES),
      remoteAddress: socket.remoteAddress ?? '',
      accessKeyId,
      isGone: () => socket.destroyed,
    });
    response.writeHead(answer.status, answer.headers).end(method === 'HEAD' ? undefined : answer.body);
  });
  return {
    server,
    port,
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      if (!server.listening) return;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
