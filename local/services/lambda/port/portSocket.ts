import { Socket } from 'node:net';
import type { MessagePort } from 'node:worker_threads';

/** What comes back for a request, its body with a character a byte. */
export type PortAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** What the connections of a thread share. */
export type CloudLine = {
  readonly port: MessagePort;
  readonly portNumber: number;
  readonly sockets: Map<number, PortSocket>;
  /** Those that keep the thread alive. */
  readonly held: Set<PortSocket>;
};

/** The request that has the connection. */
type User = {
  readonly hear: (answer: PortAnswer) => void;
  /** The connection is closed. */
  readonly leave: () => void;
  readonly emit: (name: 'timeout') => boolean;
};

let lastId = 0;

/** A connection that Node's agents keep, count and close; what goes over it are messages. */
export class PortSocket extends Socket {
  readonly #line: CloudLine;
  readonly #id = (lastId += 1);
  user: User | null = null;

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
    this.on('timeout', () => this.user?.emit('timeout'));
    // Two ticks: the request hears of its socket first, as of one that is still connecting.
    process.nextTick(process.nextTick, () => {
      if (this.destroyed) return;
      Object.assign(this, { connecting: false });
      this.emit('connect');
      this.emit('ready');
    });
  }

  say(request: readonly unknown[]): void {
    this.#noticeActivity();
    this.#line.port.postMessage([this.#id, ...request]);
  }
  hear(answer: PortAnswer): void {
    this.#noticeActivity();
    this.user?.hear(answer);
  }

  override ref(): this {
    this.#line.held.add(this);
    this.#line.port.ref();
    return this;
  }
  override unref(): this {
    this.#line.held.delete(this);
    if (this.#line.held.size === 0) this.#line.port.unref();
    return this;
  }
  override _read(): void {}
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.unref();
    this.#line.sockets.delete(this.#id);
    this.#line.port.postMessage([this.#id]);
    this.setTimeout(0);
    done(error);
    process.nextTick(() => {
      this.emit('close', error !== null);
      this.user?.leave();
    });
  }
  #noticeActivity(): void {
    if (this.timeout !== undefined && this.timeout > 0) this.setTimeout(this.timeout);
  }
}
