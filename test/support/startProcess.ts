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

/** Resolves when a process has ended, with all that it printed. */
export async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const exit = new Promise<Pick<Ended, 'code' | 'signal'>>((resolve) => {
    child.on('exit', (code, signal) => resolve({ code, signal }));
  });
  const [out, err, how] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { ...how, lines: `${out}${err}`.trim().split('\n') };
}
