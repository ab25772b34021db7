import { Refusal } from '../ground/refusal.ts';
import { spawn } from 'node:child_process';

export type Child = {
  /** A TypeScript file of the project, run by this process's own Node. */
  readonly script: string;
  readonly folder: string;
  readonly arguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Completes the sentence "Could not …". */
  readonly purpose: string;
};

/** A step before the start that failed; the message holds what the step printed. */
class StepFailed extends Refusal {
  override readonly type = 'StepFailed';
}

/** Runs a script of the project to its end; rejects with StepFailed. */
export function runChild(child: Child): Promise<void> {
  const { script, folder, purpose } = child;
  return new Promise((resolve, reject) => {
    const running = spawn(process.execPath, [script, ...(child.arguments ?? [])], {
      cwd: folder,
      env: { ...process.env, ...child.environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const end = () => void running.kill();
    process.once('exit', end); // a start that was stopped leaves nobody behind
    running.on('close', () => process.removeListener('exit', end));
    const printed: Buffer[] = [];
    running.stderr.on('data', (chunk: Buffer) => printed.push(chunk));
    running.on('error', (cause) => reject(new StepFailed(`Could not ${purpose}.`, { cause })));
    running.on('close', (code) => {
      if (code === 0) resolve();
      else
        reject(new StepFailed(`Could not ${purpose}: ${reasonIn(Buffer.concat(printed).toString('utf8'))}`));
    });
  });
}

/** The sentence of an error that Node printed with its stack. */
function reasonIn(text: string): string {
  const message = /^\w*Error: (.+)$/m.exec(text)?.[1];
  return message ?? text.trim().split('\n').at(-1) ?? 'it printed nothing';
}
