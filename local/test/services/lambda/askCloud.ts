import { onTestFinished } from 'vitest';
import { createFaults } from '../../../ground/faults/createFaults.ts';
import { createServer } from '../../../wire/createServer.ts';
import type { HttpRequest, HttpResponse } from '../../../wire/httpMessage.ts';
import { listen } from '../../../wire/listen.ts';
import type { Tenant } from '../../../wire/tenant.ts';
import { loadCertificate } from '../../../wire/certificate.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { runLambda } from './runLambda.ts';

const MAX_BODY_BYTES = 20_000_000;

/** Whether a function's requests to the cloud go through a port between threads or by the network. */
export type Way = 'port' | 'network';

/** A cloud whose one service answers with what it was asked, and a function that asks it. */
export async function askCloud(way: Way) {
  const faults = createFaults();
  faults.declare('echo.Ask');
  const gone: boolean[] = [];
  const routes = Promise.resolve({
    tenants: [echo(gone)],
    hasPage: () => false,
    verifySignature: () => ({ ok: false, code: 'AccessDenied', reason: 'no' }) as const,
    faults,
    settled: async () => {},
    asset: () => null,
    issuer: null,
    metrics: () => ({ status: 200, headers: {}, body: '' }),
    logs: () => ({ status: 200, headers: {}, body: '' }),
    testControls: null,
  });
  const answering = { host: null, routes, onBug: () => {} };
  const connections = { opened: 0 };
  const { request, upgrade } = createServer({ ...answering, upgrade: (_request, socket) => socket.end() });
  const { port, close } = await listen({
    request: (message, response) => {
      connections.opened += message.headers['x-seen'] === undefined ? 1 : 0;
      request(message, response);
    },
    upgrade,
    port: 0,
    tls: await loadCertificate(temporaryFolder()),
  });
  onTestFinished(close);
  const { lambda, addInline } = runLambda({
    cloud: way === 'port' ? { ...answering, portNumber: port } : null,
  });
  return {
    gone,
    faults,
    /** How many requests came by the network. */
    byNetwork: () => connections.opened,
    /** Runs the body of an async function that may use `http`, `net`, `port` and `ask(options, body)`. */
    run: async (source: string): Promise<unknown> => {
      addInline(`const http = require('http'); const net = require('net'); const port = ${port};
        const read = async (response) => { let text = ''; for await (const part of response) text += part; return text; };
        const ask = (options, body) => new Promise((resolve, reject) => {
          const length = { 'content-length': Buffer.byteLength(body ?? '') };
          const sent = http.request({ host: '127.0.0.1', port, method: 'POST', path: '/echo', ...options, headers: { ...length, ...options.headers } }, (response) => {
            read(response).then((text) => resolve({ status: response.statusCode, text, reused: sent.reusedSocket }), reject);
          });
          sent.on('error', reject);
          sent.end(body);
        });
        exports.handler = async () => { ${source} };`);
      const { payload } = await lambda.invoke('worker', '{}');
      return JSON.parse(payload);
    },
  };
}

function echo(gone: boolean[]): Tenant {
  return {
    name: 'echo',
    title: 'Echo',
    recognises: ({ path }) => path.startsWith('/echo'),
    needsSignature: false,
    maxBodyBytes: () => MAX_BODY_BYTES,
    operations: ['Ask'],
    operationOf: () => 'Ask',
    refuse: ({ status, code, message }) => ({ status, headers: {}, body: `${code}: ${message}` }),
    handle: (request) => answerOf(request, gone),
  };
}

async function answerOf(request: HttpRequest, gone: boolean[]): Promise<HttpResponse> {
  const { method, path, query, headers, body, isGone } = request;
  if (query === 'never') {
    const timer = setInterval(() => {
      if (isGone?.() !== true) return;
      clearInterval(timer);
      gone.push(true);
    }, 5);
    return new Promise(() => {});
  }
  if (query === 'empty') return { status: 204, headers: {}, body: '' };
  if (query === 'bytes') return { status: 200, headers: { etag: '"1"' }, body: Buffer.from([0, 200, 255]) };
  if (query === 'bug') throw new Error('A bug.');
  const { 'x-one': one = null, cookie = null, authorization = null } = headers;
  const said = {
    method,
    path,
    one,
    cookie,
    authorization,
    bytes: body.byteLength,
    text: body.toString('utf8', 0, 40),
  };
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(said) };
}
