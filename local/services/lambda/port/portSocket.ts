import { connect, Socket } from 'node:net';
import type { MessagePort } from 'node:worker_threads';

/** What the connections of a thread share. */
export type CloudLine = {
  readonly port: MessagePort;
  readonly portNumber: number;
  readonly sockets: Map<number, PortSocket>;
  /** Those that keep the thread alive. */
  readonly held: Set<PortSocket>;
};

const HEAD_END = '\r\n\r\n';
/** What is more than one message and one answer: a body of unknown length, a WebSocket, a question before the body. */
const NEEDS_NETWORK = /^CONNECT |\r\n(?:transfer-encoding|upgrade|expect):/i;
const LENGTH = /\r\ncontent-length: *(\d+)/i;
const MAX_MESSAGE_BYTES = 8 * 1_048_576; // larger bodies stream

type Written = string | Buffer;
type WrittenChunk = { readonly chunk: Written; readonly encoding: BufferEncoding };
type Done = (error?: Error | null) => void;

let lastId = 0;

function bytesOf(chunk: Written, encoding: BufferEncoding): Buffer {
  return typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
}

/** A connection to the cloud: one message takes a whole request, one brings its answer. It opens a network connection for all else. */
export class PortSocket extends Socket {
  readonly #line: CloudLine;
  readonly #id = (lastId += 1);
  /** A character a byte. */
  #written = '';
  /** Of the request that is being written; null before its head is complete. */
  #wholeBytes: number | null = null;
  #network: Socket | null = null;

  constructor(line: CloudLine) {
    super();
    this.#line = line;
    line.sockets.set(this.#id, this);
    this.ref();
    Object.defineProperties(this, {
      connecting: { value: true, writable: true },
      remoteAddress: { value: '127.0.0.1' },
      remotePort: { value: line.portNumber },
    });
    // Two ticks: the request hears of its socket first, as of one that is still connecting.
    process.nextTick(process.nextTick, () => {
      if (this.destroyed) return;
      Object.assign(this, { connecting: false });
      this.emit('connect');
      this.emit('ready');
    });
  }

  /** The bytes of an answer, a character each; null when the cloud has cut the connection. */
  hear(text: string | null): void {
    this.#noticeActivity();
    if (text === null) this.destroy();
    else this.push(Buffer.from(text, 'latin1'));
  }

  override ref(): this {
    this.#network?.ref();
    this.#line.held.add(this);
    this.#line.port.ref();
    return this;
  }

  override unref(): this {
    this.#network?.unref();
    this.#line.held.delete(this);
    if (this.#line.held.size === 0) this.#line.port.unref();
    return this;
  }

  override _read(): void {
    this.#network?.resume();
  }

  override _write(chunk: Written, encoding: BufferEncoding, done: Done): void {
    this._writev([{ chunk, encoding }], done);
  }

  override _writev(chunks: readonly WrittenChunk[], done: Done): void {
    this.#take(Buffer.concat(chunks.map(({ chunk, encoding }) => bytesOf(chunk, encoding))), done);
  }

  override _final(done: Done): void {
    if (this.#network === null) done();
    else this.#network.end(done);
  }

  override _destroy(error: Error | null, done: Done): void {
    this.unref();
    this.#line.sockets.delete(this.#id);
    this.#line.port.postMessage([this.#id, null]);
    this.#network?.destroy();
    this.setTimeout(0);
    done(error);
    process.nextTick(() => this.emit('close', error !== null));
  }

  #take(chunk: Buffer, done: Done): void {
    this.#noticeActivity();
    if (this.#network !== null) {
      this.#network.write(chunk, done);
      return;
    }
    this.#written += chunk.toString('latin1');
    if (this.#wholeBytes === null) this.#readHead();
    if (this.#wholeBytes !== null && this.#written.length >= this.#wholeBytes) this.#post();
    done();
  }

  /** Node writes a head whole and as it should be. */
  #readHead(): void {
    const end = this.#written.indexOf(HEAD_END);
    if (end < 0) return;
    const head = this.#written.slice(0, end);
    const bodyBytes = Number(LENGTH.exec(head)?.[1] ?? 0);
    if (NEEDS_NETWORK.test(head) || bodyBytes > MAX_MESSAGE_BYTES) this.#openNetwork();
    else this.#wholeBytes = end + HEAD_END.length + bodyBytes;
  }

  #post(): void {
    this.#line.port.postMessage([this.#id, this.#written]);
    this.#written = '';
    this.#wholeBytes = null;
  }

  #openNetwork(): void {
    const network = connect(this.#line.portNumber, '127.0.0.1');
    this.#network = network;
    network.on('data', (chunk: Buffer) => {
      this.#noticeActivity();
      if (!this.push(chunk)) network.pause();
    });
    network.on('end', () => this.push(null));
    network.on('error', (error) => this.destroy(error));
    network.on('close', () => this.destroy());
    network.write(this.#written, 'latin1');
    this.#written = '';
  }

  #noticeActivity(): void {
    if (this.timeout !== undefined && this.timeout > 0) this.setTimeout(this.timeout);
  }
}
