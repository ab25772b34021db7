import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { Refusal } from '../../ground/refusal.ts';

export type Child = {
  /** A command as a shell takes it, such as the `app` of cdk.json, or a script that this process's own Node runs. */
  readonly run: string | { readonly script: string; readonly words: readonly string[] };
  readonly folder: string;
  /**
   * Where Node keeps what it compiled, unless NODE_COMPILE_CACHE names a folder: the CDK's library is large, and read
   * again for every saved change.
   */
  readonly cache: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Completes the sentence "Could not …". */
  readonly purpose: string;
};

/** A step of the build that failed; the message holds everything that the step printed. */
class StepFailed extends Refusal {
  override readonly type = 'StepFailed';
}

/** Runs a step of the build to its end; answers the lines in which it warned. Rejects with StepFailed. */
export function runChild(child: Child): Promise<readonly string[]> {
  const { purpose } = child;
  return new Promise((resolve, reject) => {
    const running = start(child);
    const end = () => void running.kill();
    process.once('exit', end); // a start that is stopped leaves no child behind
    running.on('close', () => process.removeListener('exit', end));
    const printed: Buffer[] = [];
    running.stderr.on('data', (chunk: Buffer) => printed.push(chunk));
    running.on('error', (cause) => reject(new StepFailed(`Could not ${purpose}.`, { cause })));
    running.on('close', (code) => {
      const text = Buffer.concat(printed).toString('utf8').trim();
      if (code === 0) resolve(text.split('\n').filter((line) => line.startsWith('Warning: ')));
      else
        reject(new StepFailed(`Could not ${purpose}:${text.includes('\n') ? '\n' : ' '}${reasonIn(text)}`));
    });
  });
}

function start({ run, folder, cache, environment }: Child) {
  const env = { NODE_COMPILE_CACHE: cache, ...process.env, ...environment, PATH: pathWithThisNode() };
  const options = { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] } as const;
  if (typeof run === 'string') return spawn(run, { ...options, stdio: [...options.stdio], shell: true });
  return spawn(process.execPath, [run.script, ...run.words], { ...options, stdio: [...options.stdio] });
}

/** A command that says `node` gets the Node that runs this process. */
function pathWithThisNode(): string {
  return [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
}

/** Node frames an uncaught error with its source line and its own version; the error itself is enough. */
function reasonIn(text: string): string {
  const [, error] = /^\S+:\d+\n[\s\S]*?\n\n([\s\S]*?)\n\nNode\.js v\S+$/.exec(text) ?? [];
  return error ?? (text === '' ? 'the command failed and printed nothing.' : text);
}
