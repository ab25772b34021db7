import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { format } from 'node:util';
import { captureChildren } from './captureChildren.ts';

type Words = readonly unknown[];
type Answer = (words: Words) => unknown;

const NAMES = /^\/(?:dev\/(?:stdout|stderr|fd\/[12])|proc\/(?:self|thread-self|\d+)\/fd\/[12])$/;
const STANDARD_OUTPUT = 1;

/** What writes to the cloud's own outputs, past `console`, would pass by the function's log and what it hides. */
export function captureStandardOutputs(write: (text: string) => void): void {
  const say: Answer = (words) => {
    const bytes = bytesOf(words);
    write(bytes.toString('utf8'));
    return bytes.byteLength;
  };
  instead(fs, ['writeSync', 'writevSync'], say);
  instead(fs, ['write', 'writev'], (words) => callBack(words, [say(words), words[1]]));
  instead(fs, ['writeFileSync', 'appendFileSync'], (words) => void say(words));
  instead(fs, ['writeFile', 'appendFile'], (words) => callBack(words, [say(words)]));
  instead(fs.promises, ['writeFile', 'appendFile'], (words) => Promise.resolve(void say(words)));
  instead(fs, ['openSync'], () => STANDARD_OUTPUT);
  instead(fs, ['open'], (words) => callBack(words, [STANDARD_OUTPUT]));
  Object.assign(process, { _rawDebug: (...words: unknown[]) => write(`${format(...words)}\n`) });
  captureChildren((bytes) => write(bytes.toString('utf8')));
  syncBuiltinESMExports();
}

/** Answers calls whose first word is an output; all others go where they went. */
function instead(owner: object, names: readonly string[], answer: Answer): void {
  for (const name of names) {
    const original: unknown = Reflect.get(owner, name);
    if (typeof original !== 'function') continue;
    const replacement = (...words: unknown[]): unknown =>
      isOutput(words[0]) ? answer(words) : Reflect.apply(original, owner, words);
    Reflect.set(owner, name, replacement);
  }
}

function isOutput(target: unknown): boolean {
  return target === 1 || target === 2 || (typeof target === 'string' && NAMES.test(target));
}

function callBack(words: Words, results: Words): undefined {
  const done = words.find((word) => typeof word === 'function');
  if (done !== undefined) setImmediate(() => void Reflect.apply(done, undefined, [null, ...results]));
}

/** What a call writes: text, bytes or a part of them, or a list of such. */
function bytesOf([, data, offset, length]: Words): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data.map((piece) => bytesOf([1, piece])));
  if (!ArrayBuffer.isView(data)) return Buffer.from(String(data));
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const first = typeof offset === 'number' ? offset : 0;
  return bytes.subarray(first, typeof length === 'number' ? first + length : undefined);
}
