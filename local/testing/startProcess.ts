import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

/** A process that serves. */
export type CloudProcess = {
  readonly port: number;
  readonly pid: number;
  readonly printed: () => string;
  readonly until: (line: RegExp) => Promise<string>;
  /** Resolves with the exit code; null after a signal that was not handled. */
  readonly ended: Promise<number | null>;
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
};

/** The process ended before it served. The message holds all that it printed. */
export class StartFailed extends Error {
  override readonly name = 'StartFailed';
  readonly code: number | null;
  readonly printed: string;
  constructor(code: number | null, printed: string) {
    super(`The cloud ended with ${code} before it was ready: ${printed}`);
    this.code = code;
    this.printed = printed;
  }
}

/** Runs Node with these words, in a folder; resolves when the cloud serves, and rejects with StartFailed. */
export async function startProcess(words: readonly string[], folder?: string): Promise<CloudProcess> {
  const child = spawn(process.execPath, [...words], { cwd: folder ?? process.cwd() });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const output = readOutput(child);
  const ready = output.until(/http:\/\/127\.0\.0\.1:\d+[\s\S]*^Stop with.*$/m);
  const failed = output.complete.then(async (): Promise<never> => {
    throw new StartFailed(await ended, output.printed());
  });
  failed.catch(() => {});
  const banner = await Promise.race([ready.catch(() => failed), failed]);
  return {
    port: Number(/127\.0\.0\.1:(\d+)/.exec(banner)?.[1]),
    pid: child.pid ?? 0,
    printed: output.printed,
    until: output.until,
    ended,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

type Output = Pick<CloudProcess, 'printed' | 'until'> & {
  /** Resolves when nothing more will come. */
  readonly complete: Promise<void>;
};

function readOutput(child: ChildProcessWithoutNullStreams): Output {
  let printed = '';
  let read = 0; // characters that have been waited for
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString('utf8');
      for (const look of waiting) look();
    });
  }
  const complete = new Promise<void>((resolve) => child.on('close', () => resolve()));
  return {
    complete,
    printed: () => printed,
    until: (line) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = line.exec(printed.slice(read));
          if (found === null) return;
          waiting.delete(look);
          read += found.index + found[0].length;
          resolve(found[0]);
        };
        waiting.add(look);
        look();
        void complete.then(() => reject(new Error(`The cloud ended without ${String(line)}: ${printed}`)));
      }),
  };
}
