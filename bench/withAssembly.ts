import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const APP = join(import.meta.dirname, '../infra/app.ts');

/** Synthesizes the app into a folder that is removed when `use` has done with it. */
export async function withAssembly<Value>(use: (assembly: string) => Promise<Value> | Value): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  try {
    const env = { ...process.env, CDK_VALIDATION: 'false' };
    const { status, stderr } = spawnSync(process.execPath, [APP, '--output', folder], {
      env,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`The app could not be synthesized: ${stderr}`);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const TEMPLATE = 'Countersign.template.json';
