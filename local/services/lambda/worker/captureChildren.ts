import { ChildProcess } from 'node:child_process';
import { isObject } from '../../../ground/json.ts';

type Take = (bytes: Buffer) => void;

/** Programs that a function starts must not inherit the cloud's outputs: what they write is the function's too. */
export function captureChildren(take: Take): void {
  captureStarted(take);
  captureAwaited(take);
}

/** spawn, fork, exec and execFile. */
function captureStarted(take: Take): void {
  const prototype: object = ChildProcess.prototype;
  const spawn: unknown = Reflect.get(prototype, 'spawn');
  if (typeof spawn !== 'function') return;
  Reflect.set(prototype, 'spawn', function spawnApart(this: ChildProcess, options: { stdio?: unknown }) {
    const { stdio } = options;
    const given: readonly unknown[] = Array.isArray(stdio) ? stdio : [stdio, stdio, stdio];
    const outputs = given.map((one, index) => one === 1 || one === 2 || (one === 'inherit' && index > 0));
    const piped = given.map((one, index) => (outputs[index] === true ? 'pipe' : one));
    const result: unknown = Reflect.apply(spawn, this, [{ ...options, stdio: piped }]);
    for (const [index, stream] of [...(this.stdio ?? [])].entries()) {
      if (outputs[index] === true) stream?.on('data', take);
    }
    return result;
  });
}

/** spawnSync, execSync and execFileSync: they share nothing in JavaScript but what is below them. */
function captureAwaited(take: Take): void {
  const binding: unknown = Reflect.get(process, 'binding');
  const below: unknown = typeof binding === 'function' ? binding('spawn_sync') : null;
  if (!isObject(below) || typeof below['spawn'] !== 'function') return;
  const { spawn } = below;
  Reflect.set(below, 'spawn', (options: { stdio: readonly Readonly<Record<string, unknown>>[] }) => {
    const outputs = options.stdio.map(
      ({ type, fd }, index) => index > 0 && (type === 'inherit' || (type === 'fd' && (fd === 1 || fd === 2))),
    );
    const stdio = options.stdio.map((one, index) =>
      outputs[index] === true ? { type: 'pipe', readable: false, writable: true } : one,
    );
    const result: unknown = Reflect.apply(spawn, below, [{ ...options, stdio }]);
    const written = isObject(result) && Array.isArray(result['output']) ? result['output'] : [];
    for (const [index, bytes] of written.entries()) {
      if (outputs[index] !== true || !(bytes instanceof Uint8Array)) continue;
      take(Buffer.from(bytes));
      written[index] = null;
    }
    return result;
  });
}
