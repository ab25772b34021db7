import { AsyncResource } from 'node:async_hooks';
import { addAbortListener } from 'node:events';
import {
  Agent,
  globalAgent,
  IncomingMessage,
  type OutgoingHttpHeader,
  OutgoingMessage,
  type RequestOptions,
  STATUS_CODES,
} from 'node:http';
import { Writable } from 'node:stream';
import { leaveConnection, takeConnection } from './agentConnections.ts';
import type { CloudLine, PortAnswer, PortSocket } from './portSocket.ts';

export type OnResponse = (response: IncomingMessage) => void;
type Done = (error?: Error | null) => void;

/** In the place of Node's `ClientRequest`: it goes to the cloud as one message when it is complete. */
export class PortRequest extends Writable {
  readonly protocol = 'http:';
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly agent: Agent;
  socket: PortSocket | null = null;
  reusedSocket = false;
  timeout: number | undefined;
  res: IncomingMessage | null = null;
  /** Keeps and checks the headers. */
  readonly #head = new OutgoingMessage();
  /** Its events are heard in the asynchronous context that it was made in. */
  readonly #scope = new AsyncResource('HTTPCLIENTREQUEST');
  readonly #body: Buffer[] = [];
  #begin: Done = () => {};

  constructor(line: CloudLine, options: RequestOptions, onResponse?: OnResponse) {
    super({ autoDestroy: false, emitClose: false });
    const { agent, headers = {}, signal } = options;
    this.method = options.method ?? 'GET';
    this.path = options.path ?? '/';
    this.host = options.hostname ?? options.host ?? 'localhost';
    this.agent = agent instanceof Agent ? agent : agent === false ? new Agent() : globalAgent;
    this.timeout = options.timeout;
    for (const [name, value = ''] of Object.entries(headers)) this.setHeader(name, value);
    if (!this.hasHeader('host')) this.setHeader('Host', `${this.host}:${options.port}`);
    if (onResponse !== undefined) this.once('response', onResponse);
    if (signal !== undefined) this.#abortWith(signal);
    takeConnection(this.agent, this, line);
  }

  setHeader(name: string, value: OutgoingHttpHeader): this {
    this.#head.setHeader(name, value);
    return this;
  }
  getHeader = (name: string) => this.#head.getHeader(name);
  getHeaders = () => this.#head.getHeaders();
  getHeaderNames = () => this.#head.getHeaderNames();
  hasHeader = (name: string) => this.#head.hasHeader(name);
  removeHeader = (name: string) => this.#head.removeHeader(name);
  get connection(): PortSocket | null {
    return this.socket;
  }
  abort(): void {
    this.destroy();
  }
  setTimeout(milliseconds: number, onTimeout?: () => void): this {
    this.timeout = milliseconds;
    if (onTimeout !== undefined) this.once('timeout', onTimeout);
    this.socket?.setTimeout(milliseconds);
    return this;
  }
  setNoDelay(): void {}
  setSocketKeepAlive(): void {}
  flushHeaders(): void {}

  onSocket(socket: PortSocket): void {
    process.nextTick(() => {
      if (this.destroyed) {
        this.#begin(); // the stream ends now
        leaveConnection(this.agent, socket);
        return;
      }
      this.socket = socket;
      socket.user = this;
      if (this.timeout !== undefined) socket.setTimeout(this.timeout);
      this.emit('socket', socket);
      if (socket.connecting) socket.once('connect', () => this.#begin());
      else this.#begin();
    });
  }
  override _construct(begin: Done): void {
    this.#begin = begin;
  }
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#body.push(chunk);
    done();
  }
  override _final(done: Done): void {
    const body = Buffer.concat(this.#body).toString('latin1');
    this.socket?.say([this.method, this.path, Object.entries(this.getHeaders()), body]);
    done();
  }
  override _destroy(error: Error | null, done: Done): void {
    if (this.socket === null) process.nextTick(() => this.emit('close'));
    else this.socket.destroy(); // the request closes with it
    done(error ?? (this.res === null ? hungUp() : null));
  }

  /** Called when the connection is closed. */
  leave(): void {
    if (this.res === null && !this.destroyed) this.destroy(hungUp());
    this.emit('close');
  }
  hear(answer: PortAnswer): void {
    this.#scope.runInAsyncScope(() => this.#hear(answer));
  }
  #hear({ status, headers, body }: PortAnswer): void {
    const { socket } = this;
    if (socket === null || this.destroyed) return;
    const response = new IncomingMessage(socket);
    const version = { httpVersion: '1.1', httpVersionMajor: 1, httpVersionMinor: 1 };
    const rawHeaders = Object.entries(headers).flat();
    const head = {
      statusCode: status,
      statusMessage: STATUS_CODES[status] ?? 'unknown',
      headers,
      rawHeaders,
    };
    this.res = Object.assign(response, version, head, { complete: true, req: this });
    response.once('end', () => process.nextTick(() => this.#release(response, socket)));
    if (!this.emit('response', response)) response.resume();
    if (body !== '') response.push(Buffer.from(body, 'latin1'));
    response.push(null);
  }
  #release(response: IncomingMessage, socket: PortSocket): void {
    socket.user = null;
    response.destroy();
    this.emit('close');
    leaveConnection(this.agent, socket);
  }
  #abortWith(signal: AbortSignal): void {
    const abort = () => this.destroy(aborted(signal.reason));
    if (signal.aborted) {
      process.nextTick(abort);
      return;
    }
    const listener = addAbortListener(signal, abort);
    this.once('close', () => listener[Symbol.dispose]());
  }
}

const hungUp = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
const aborted = (cause: unknown) =>
  Object.assign(new Error('The operation was aborted', { cause }), { name: 'AbortError', code: 'ABORT_ERR' });
