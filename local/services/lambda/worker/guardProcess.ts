import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import v8 from 'node:v8';

const LAST_STANDARD_DESCRIPTOR = 2;

/** On AWS the function has a process of its own; here what it does to it must not end the whole cloud. */
export function guardProcess(exitCode: number): void {
  const { kill } = process;
  process.kill = (pid, signal) => {
    if (pid !== process.pid && pid !== 0 && pid !== -process.pid) return kill(pid, signal);
    return signal === 0 ? true : process.exit(exitCode);
  };
  v8.setFlagsFromString = () => {};
  guardDescriptors();
  syncBuiltinESMExports();
}

/** The cloud's own input and output stay open. */
function guardDescriptors(): void {
  const { close, closeSync } = fs;
  const isStandard = (descriptor: unknown) =>
    typeof descriptor === 'number' && descriptor <= LAST_STANDARD_DESCRIPTOR;
  Object.assign(fs, {
    closeSync: (descriptor: unknown): unknown =>
      isStandard(descriptor) ? undefined : Reflect.apply(closeSync, fs, [descriptor]),
    close: (descriptor: unknown, done: unknown): unknown => {
      if (!isStandard(descriptor)) return Reflect.apply(close, fs, [descriptor, done]);
      if (typeof done === 'function') setImmediate(() => void Reflect.apply(done, undefined, [null]));
      return undefined;
    },
  });
}
