import type { MessagePort } from 'node:worker_threads';
import type { Report } from './protocol.ts';
import { captureStandardOutputs } from './standardOutputs.ts';

/** A function that writes faster than the cloud reads is held up, as a full pipe does, instead of filling the memory. */
const MAX_BACKLOG_BYTES = 2_000_000;
const MAX_HOLD_MILLISECONDS = 1000;
const MAX_PIECE_CHARACTERS = 65_536;

export type Write = (text: string) => void;

/** Everything the function writes to its output goes to the main thread, in order and before its answer. */
export function captureOutput(port: MessagePort, backlog: SharedArrayBuffer): Write {
  const waiting = new Int32Array(backlog);
  const writePiece = (text: string) => {
    const bytes = text.length * 2;
    for (let held = Atomics.load(waiting, 0); held > MAX_BACKLOG_BYTES; held = Atomics.load(waiting, 0)) {
      Atomics.wait(waiting, 0, held, MAX_HOLD_MILLISECONDS);
    }
    Atomics.add(waiting, 0, bytes);
    port.postMessage({ kind: 'output', text, bytes } satisfies Report);
  };
  const write: Write = (text) => {
    for (let start = 0; start < text.length; start += MAX_PIECE_CHARACTERS) {
      writePiece(text.slice(start, start + MAX_PIECE_CHARACTERS));
    }
  };
  captureStream(process.stdout, write);
  captureStream(process.stderr, write);
  captureStandardOutputs(write);
  return write;
}

function captureStream(stream: NodeJS.WriteStream, write: Write): void {
  const replacement = (chunk: string | Uint8Array, ...words: unknown[]): boolean => {
    write(textOf(chunk));
    const done = words.find((word) => typeof word === 'function');
    if (done !== undefined) queueMicrotask(() => void Reflect.apply(done, undefined, []));
    return true;
  };
  Object.defineProperty(stream, 'write', { value: replacement, writable: true, configurable: true });
}

function textOf(chunk: unknown): string {
  if (typeof chunk === 'string') return chunk;
  return chunk instanceof Uint8Array ? Buffer.from(chunk).toString('utf8') : String(chunk);
}
