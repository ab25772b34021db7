import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../../..');

let built: Promise<string> | null = null;

/** The folder of the built page, one for each worker of the test run; built only when something has changed. */
export function webFolder(): Promise<string> {
  built ??= buildInto(join(ROOT, `node_modules/.cache/web-${process.env['VITEST_POOL_ID'] ?? '0'}`));
  return built;
}

async function buildInto(folder: string): Promise<string> {
  await promisify(execFile)(process.execPath, [join(ROOT, 'web/build.ts'), '--output', folder]);
  return folder;
}
