import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { LocalCloud } from './localCloud.ts';

export type CommandEnd = {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

export type CommandOptions = {
  readonly words?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
};

/** What a developer who is signed in to AWS may have: the outputs of a local cloud go before it. */
const OF_ANOTHER_ACCOUNT = { AWS_PROFILE: 'production', AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' };

/** Runs a command of `commands/` with the outputs of a local cloud, to its end. */
export function runCommand(
  name: string,
  cloud: LocalCloud,
  { words = [], environment = OF_ANOTHER_ACCOUNT }: CommandOptions = {},
): CommandEnd {
  const file = join(import.meta.dirname, '../../commands', `${name}.ts`);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [file, '--outputs', join(cloud.data, 'outputs.json'), ...words],
    { encoding: 'utf8', env: { ...process.env, ...environment } },
  );
  return { status, stdout, stderr };
}
