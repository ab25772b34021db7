import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startCommand } from '../../bench/startCommand.ts';

const ROOT = join(import.meta.dirname, '../..');

export type Ended = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lines: readonly string[];
};

/** `npm start` without npm: the process of the local cloud, with these words on its command line. */
export function startProcess(...words: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [...startCommand(), ...words], { cwd: ROOT });
}

/** `npm start` as a shell has it: a process group of its own, which a terminal's Ctrl+C reaches as a whole. */
export function startGroup(...words: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn('npm', ['start', '--', ...words], { cwd: ROOT, detached: true });
}

/** Resolves when a process has ended, with all that it printed. */
export async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const exit = new Promise<Pick<Ended, 'code' | 'signal'>>((resolve) => {
    child.on('exit', (code, signal) => resolve({ code, signal }));
  });
  const [out, err, how] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { ...how, lines: `${out}${err}`.trim().split('\n') };
}

/** Resolves when the process has said that it serves. */
export function ready(child: ChildProcessWithoutNullStreams): Promise<void> {
  return new Promise((resolve, reject) => {
    let heard = '';
    child.stdout.on('data', (chunk: Buffer) => {
      heard += chunk.toString('utf8');
      if (/^Stop with/m.test(heard)) resolve();
    });
    child.on('exit', () => reject(new Error(`It ended before it was ready: ${heard}`)));
  });
}
