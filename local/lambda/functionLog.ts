import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const LARGEST_LOG_BYTES = 5_000_000;
/** Task tokens, API keys, and signatures: what must never stand in a log, whoever wrote it there. */
const SECRETS = [/AAAA[A-Za-z0-9+/=]{96,}/g, /da2-[a-z0-9]{26}/g];

export type FunctionLog = { readonly write: (text: string) => void };

/** Writes a function's output line by line to a file of its own and to the terminal, without secrets. */
export function createFunctionLog(
  folder: string,
  name: string,
  options: { secrets: readonly string[]; onLine: (line: string) => void },
): FunctionLog {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${name}.log`);
  return {
    write: (text) => {
      const safe = redact(text, options.secrets);
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG_BYTES)
        renameSync(file, `${file}.1`);
      appendFileSync(file, safe, { mode: 0o600 });
      for (const line of safe.split('\n').filter((one) => one !== '')) options.onLine(line);
    },
  };
}

function redact(text: string, secrets: readonly string[]): string {
  const known = secrets.reduce((safe, secret) => safe.replaceAll(secret, '[secret]'), text);
  return SECRETS.reduce((safe, pattern) => safe.replaceAll(pattern, '[secret]'), known);
}
