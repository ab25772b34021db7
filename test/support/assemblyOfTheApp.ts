import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { synthesize } from '../../infra/synthesize.ts';

/** The app, synthesized once for all the starts of a test file; removed after it. */
export async function assemblyOfTheApp(context: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-assembly-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return synthesize({ output: folder, context });
}
