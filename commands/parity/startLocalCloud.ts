import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadCommand, readOutputs, type Outputs } from '../outputs.ts';

const ROOT = join(import.meta.dirname, '../..');

export type Started = { readonly outputs: Outputs; readonly stop: () => Promise<void> };

/** A local cloud on a free port and a folder of its own, which goes with it. */
export async function startLocalCloud(): Promise<Started> {
  const data = mkdtempSync(join(tmpdir(), 'countersign-parity-'));
  const child = spawn(process.execPath, [join(ROOT, 'start.ts'), '--port', '0', '--data', data], {
    cwd: ROOT,
  });
  const stop = async () => {
    const exit = once(child, 'exit');
    if (child.exitCode === null && child.kill('SIGTERM')) await exit;
    rmSync(data, { recursive: true, force: true });
  };
  try {
    await new Promise<void>((resolve, reject) => {
      let printed = '';
      child.stdout.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        if (/^Ready in/m.test(printed)) resolve();
      });
      child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      child.on('exit', () => reject(new BadCommand(`The local cloud did not start:\n${printed}`)));
    });
    return { outputs: readOutputs(join(data, 'outputs.json')), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
