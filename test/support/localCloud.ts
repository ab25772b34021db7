import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCommand } from '../../bench/startCommand.ts';

const ROOT = join(import.meta.dirname, '../..');

export type Outputs = {
  readonly GraphQLUrl: string;
  readonly RealtimeUrl: string;
  readonly ApiKey: string;
  readonly StateMachineArn: string;
  readonly BucketName: string;
};

/** A local cloud in a process of its own, as a user has it: started, killed and asked through public addresses only. */
export type LocalCloud = {
  readonly data: string;
  readonly outputs: () => Outputs;
  /** Where the AWS SDKs go, such as `http://127.0.0.1:4000`. */
  readonly endpoint: () => string;
  /** Everything that the process and its predecessors have printed. */
  readonly printed: () => string;
  /** Starts the process anew on the same folder and port; resolves when it serves. `app`: with the app itself, whatever assembly it began with. */
  readonly start: (which?: 'app') => Promise<void>;
  /** Sends a signal and resolves with the exit code when the process has ended. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
  /** Resolves when the process has ended by itself. */
  readonly ended: () => Promise<void>;
  readonly advance: (duration: string) => Promise<Date>;
  readonly arm: (fault: { point: string; kind: string; times?: number; ms?: number }) => Promise<void>;
  /** The faults that have not struck yet. */
  readonly armed: () => Promise<readonly { point: string; kind: string; times: number }[]>;
  readonly now: () => Promise<Date>;
  readonly heal: () => Promise<void>;
  /** Ends the process and removes its folder. */
  readonly remove: () => Promise<void>;
};

type ControlAnswer = {
  readonly now: string;
  readonly armed: readonly { point: string; kind: string; times: number }[];
  readonly message?: string;
};

export type LocalCloudOptions = { readonly assembly?: string; readonly flags?: readonly string[] };

export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const data = mkdtempSync(join(tmpdir(), 'countersign-cloud-'));
  let port = 0;
  let child: ChildProcess | null = null;
  let printed = '';

  const outputs = (): Outputs => {
    const stacks: Record<string, Outputs> = JSON.parse(readFileSync(join(data, 'outputs.json'), 'utf8'));
    const [first] = Object.values(stacks);
    if (first === undefined) throw new Error('outputs.json names no stack.');
    return first;
  };
  const ended = async () => {
    if (child !== null && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  const control = async (path: string, method: string, body?: unknown) => {
    const response = await fetch(`http://127.0.0.1:${port}/_local/${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-api-key': outputs().ApiKey },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: ControlAnswer = await response.json();
    if (!response.ok) throw new Error(answer.message);
    return answer;
  };
  const cloud: LocalCloud = {
    data,
    outputs,
    endpoint: () => `http://127.0.0.1:${port}`,
    printed: () => printed,
    start: async (which) => {
      const isApp = which === 'app' || options.assembly === undefined;
      const assembly = isApp ? [] : ['--assembly', options.assembly ?? ''];
      const words = [
        '--port',
        String(port),
        '--data',
        data,
        '--test-controls',
        ...assembly,
        ...(options.flags ?? []),
      ];
      const started = spawn(process.execPath, [...startCommand(), ...words], { cwd: ROOT });
      child = started;
      port = await new Promise<number>((resolve, reject) => {
        let heard = ''; // of this start alone: an earlier one said "Ready" too
        const hear = (chunk: Buffer) => {
          heard += chunk.toString('utf8');
          printed += chunk.toString('utf8');
          const ready = /^Ready in/m.test(heard) ? /http:\/\/127\.0\.0\.1:(\d+)/.exec(heard)?.[1] : undefined;
          if (ready !== undefined) resolve(Number(ready));
        };
        started.stdout.on('data', hear);
        started.stderr.on('data', hear);
        started.on('exit', (code) => reject(new Error(`The cloud ended with ${code}: ${printed}`)));
      });
    },
    end: async (signal) => {
      child?.kill(signal);
      await ended();
      return child?.exitCode ?? null;
    },
    ended,
    advance: async (duration) => new Date((await control('clock', 'POST', { advance: duration })).now),
    arm: async (fault) => void (await control('faults', 'POST', fault)),
    armed: async () => (await control('faults', 'GET')).armed,
    now: async () => new Date((await control('clock', 'GET')).now),
    heal: async () => void (await control('faults', 'DELETE')),
    remove: async () => {
      await cloud.end('SIGKILL');
      rmSync(data, { recursive: true, force: true });
    },
  };
  await cloud.start();
  return cloud;
}
