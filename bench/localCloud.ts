import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCommand } from './startCommand.ts';

const ROOT = join(import.meta.dirname, '..');

export type Outputs = {
  readonly GraphQLUrl: string;
  readonly RealtimeUrl: string;
  readonly ApiKey: string;
  readonly StateMachineArn: string;
  readonly BucketName: string;
};

/** A local cloud of its own process and folder, started for a measurement. */
export type BenchCloud = {
  readonly data: string;
  readonly port: () => number;
  readonly pid: () => number;
  readonly outputs: () => Outputs;
  /** Starts (again) and resolves with the milliseconds from the command to the line "Ready". */
  readonly start: () => Promise<number>;
  readonly kill: () => Promise<void>;
  readonly remove: () => Promise<void>;
};

export type BenchCloudOptions = { readonly assembly?: string };

export function createBenchCloud({ assembly }: BenchCloudOptions = {}): BenchCloud {
  const data = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  let port = 0;
  let child: ChildProcess | null = null;
  const kill = async () => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    data,
    port: () => port,
    pid: () => child?.pid ?? 0,
    outputs: () => {
      const stacks: Record<string, Outputs> = JSON.parse(readFileSync(join(data, 'outputs.json'), 'utf8'));
      const [outputs] = Object.values(stacks);
      if (outputs === undefined) throw new Error('outputs.json names no stack.');
      return outputs;
    },
    start: async () => {
      const startedAt = performance.now();
      const flags = assembly === undefined ? [] : ['--assembly', assembly];
      const words = [...startCommand(), '--port', String(port), '--data', data, ...flags];
      const started = spawn(process.execPath, words, { cwd: ROOT });
      child = started;
      let printed = '';
      port = await new Promise<number>((resolve, reject) => {
        const hear = (chunk: Buffer) => {
          printed = `${printed}${chunk.toString('utf8')}`.slice(-20_000);
          const ready = /^Ready in/m.test(printed) ? /127\.0\.0\.1:(\d+)/.exec(printed)?.[1] : undefined;
          if (ready !== undefined) resolve(Number(ready));
        };
        started.stdout.on('data', hear);
        started.stderr.on('data', hear);
        started.on('exit', (code) => reject(new Error(`The cloud ended with ${code}: ${printed}`)));
      });
      return performance.now() - startedAt;
    },
    kill,
    remove: async () => {
      await kill();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
