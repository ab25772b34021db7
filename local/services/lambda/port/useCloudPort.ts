import http, { Agent, type RequestOptions } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import type { MessagePort } from 'node:worker_threads';
import { type OnResponse, PortRequest } from './portRequest.ts';
import type { CloudLine, PortAnswer } from './portSocket.ts';

const OWN_NAMES: readonly unknown[] = ['localhost', '127.0.0.1', '::1'];
/** A request with any other option goes by the network. */
const OPTIONS = new Set(
  'method host hostname port path headers agent timeout signal auth protocol'.split(' '),
);
const WITHOUT_BODY: readonly unknown[] = [undefined, null, 'GET', 'HEAD', 'DELETE'];
/** Of a request that is more than one message and one answer. */
const NETWORK_HEADERS = /^(?:transfer-encoding|upgrade|expect|connection)$/i;
const MAX_BODY_BYTES = 8 * 1_048_576; // larger bodies stream
const PATH = /^\/[!-~]*$/;

/**
 * Sends HTTP requests to the cloud's own address as messages between threads, below the SDK and without Node's HTTP client. All
 * else goes by the network: bodies of unknown length, URLs, `fetch`, other hosts. `--no-port` does without it.
 */
export function useCloudPort(port: MessagePort, portNumber: number): void {
  const line: CloudLine = { port, portNumber, sockets: new Map(), held: new Set() };
  port.on('message', ([id, answer]: readonly [number, PortAnswer | null]) => {
    const socket = line.sockets.get(id);
    if (answer === null) socket?.destroy();
    else socket?.hear(answer);
  });
  port.unref(); // a connection in use keeps the thread alive, as one of the network does
  const byNetwork: (...words: readonly never[]) => http.ClientRequest = http.request;
  const request = (...words: readonly [RequestOptions, OnResponse?]) => {
    const [options, onResponse] = words;
    return goesByPort(options, portNumber)
      ? new PortRequest(line, options, onResponse)
      : Reflect.apply(byNetwork, http, words);
  };
  const get = (...words: Parameters<typeof request>) => {
    const sent = request(...words);
    sent.end();
    return sent;
  };
  Object.assign(http, { request, get });
  syncBuiltinESMExports();
}

function goesByPort(options: RequestOptions, portNumber: number): boolean {
  if (Number(options.port) !== portNumber || !OWN_NAMES.includes(options.hostname ?? options.host))
    return false;
  for (const name in options) if (!OPTIONS.has(name)) return false;
  return PATH.test(options.path ?? '/') && !options.auth && isPlain(options.agent) && isOneMessage(options);
}

/** An agent that connects by itself goes its own way. */
function isPlain(agent: RequestOptions['agent']): boolean {
  return !agent || (agent instanceof Agent && agent.createConnection === Agent.prototype.createConnection);
}

function isOneMessage({ method, headers }: RequestOptions): boolean {
  if (Array.isArray(headers)) return false;
  let length = WITHOUT_BODY.includes(method) ? 0 : Infinity;
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (value === undefined || NETWORK_HEADERS.test(name)) return false;
    if (name.toLowerCase() === 'content-length') length = Number(value);
  }
  return length <= MAX_BODY_BYTES;
}
