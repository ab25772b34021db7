import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { BadCommand } from './outputs.ts';

const ROOT = join(import.meta.dirname, '..');

/**
 * Runs the CDK CLI in this terminal; throws when it fails, because it has said why. Not in one blocking call: connections
 * to AWS that end meanwhile have to be noticed.
 */
export async function cdk(...words: readonly string[]): Promise<void> {
  const program = join(ROOT, 'node_modules/aws-cdk/bin/cdk');
  const child = spawn(process.execPath, [program, ...words], { cwd: ROOT, stdio: 'inherit' });
  const [status] = await once(child, 'exit');
  if (status !== 0) throw new BadCommand(`cdk ${words[0] ?? ''} ended with ${status ?? 'a signal'}.`);
}
