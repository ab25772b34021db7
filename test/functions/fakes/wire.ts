import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterEach, beforeEach, vi } from 'vitest';

// An address that answers what a test says, for what no real service answers on demand.

export type Heard = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};
export type Said = {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
};
export type Wire = { readonly heard: Heard[]; answer: (request: Heard) => Said | 'silence' };

/** Points the functions' adapters to a server of this file. Import them inside of the tests, after this. */
export function useWire(): Wire {
  const wire: Wire = { heard: [], answer: () => ({ status: 200 }) };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const heard = { method, url, headers, body };
      wire.heard.push(heard);
      const said = wire.answer(heard);
      if (said === 'silence') request.socket.destroy();
      else response.writeHead(said.status, said.headers).end(said.body);
    });
  });
  beforeEach(async () => {
    wire.heard.length = 0;
    wire.answer = () => ({ status: 200 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${address === null || typeof address === 'string' ? 0 : address.port}`;
    const variables = {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'a-secret',
      AWS_SESSION_TOKEN: 'a-session',
      AWS_ENDPOINT_URL_S3: url,
      AWS_ENDPOINT_URL_SFN: url,
      BUCKET_NAME: 'orders',
      WAITING_BUCKET_NAME: 'waiting',
      STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:111111111111:stateMachine:Orders',
      GRAPHQL_URL: `${url}/graphql`,
    };
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    vi.resetModules();
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    return new Promise<void>((resolve) => void server.close(() => resolve()));
  });
  return wire;
}
