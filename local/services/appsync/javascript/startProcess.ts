import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createLineReader } from './sealed/lineReader.ts';

const FOLDER = fileURLToPath(new URL('sealed/', import.meta.url));
const HEAP_MEGABYTES = 128;
/** No text becomes code anywhere, no file but the sealed folder's, no process; and a bounded heap. */
const RIGHTS = [
  '--permission',
  `--allow-fs-read=${FOLDER}*`,
  '--disallow-code-generation-from-strings',
  `--max-old-space-size=${HEAP_MEGABYTES}`,
  '--disable-warning=ExperimentalWarning',
];

export type ProcessOptions = {
  /** `id` of a call, and its outcome as JSON text. */
  readonly onOutcome: (id: string, outcome: string) => void;
  /** The process has ended without being asked to. */
  readonly onEnd: () => void;
};

/** A process that runs handlers one after the other, and can be killed at any time. */
export type EvaluatorProcess = { readonly send: (line: string) => void; readonly stop: () => void };

export function startProcess({ onOutcome, onEnd }: ProcessOptions): EvaluatorProcess {
  const child = spawn(process.execPath, [...RIGHTS, `${FOLDER}main.ts`], {
    cwd: FOLDER,
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let stopped = false;
  const end = () => {
    if (stopped) return;
    stopped = true;
    onEnd();
  };
  child.on('error', end);
  child.on('exit', end);
  child.stdin.on('error', () => {}); // the process has ended, and `exit` says so
  child.stdout.setEncoding('utf8');
  child.stdout.on(
    'data',
    createLineReader((line) => {
      const tab = line.indexOf('\t');
      if (!stopped) onOutcome(line.slice(0, tab), line.slice(tab + 1));
    }),
  );
  return {
    send: (line) => void child.stdin.write(line),
    stop: () => {
      stopped = true;
      child.kill('SIGKILL');
    },
  };
}
