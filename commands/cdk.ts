import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { BadCommand } from './outputs.ts';

const ROOT = join(import.meta.dirname, '..');

/** Runs the CDK CLI in this terminal; throws when it fails, because it has said why. */
export function cdk(...words: readonly string[]): void {
  const program = join(ROOT, 'node_modules/aws-cdk/bin/cdk');
  const { status } = spawnSync(process.execPath, [program, ...words], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new BadCommand(`cdk ${words[0] ?? ''} ended with ${status ?? 'a signal'}.`);
}

/** Splits `-c NAME=VALUE` from the other words of a command: a synthesis needs the first, CDK the second. */
export function splitContext(words: readonly string[]): {
  readonly context: readonly string[];
  readonly others: readonly string[];
} {
  const isFlag = (word: string | undefined) => word === '-c' || word === '--context';
  const context = words.flatMap((word, index) => (isFlag(words[index - 1]) ? ['-c', word] : []));
  const others = words.filter((word, index) => !isFlag(word) && !isFlag(words[index - 1]));
  return { context, others };
}
