import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { synthesize, type Synthesis } from '../../../infra/synthesize.ts';
import { plainTemplate, type PlainTemplate } from '../../../infra/checks/plainTemplate.ts';

export type Synthesized = {
  readonly folder: string;
  readonly text: string;
  readonly template: PlainTemplate;
};

/** The app's assembly in a folder that goes with the test file. */
export async function synthesizeApp(options: Omit<Synthesis, 'output'> = {}): Promise<Synthesized> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-infra-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  // CDK's own validation takes longer than the synthesis; what it checks is checked once, in the findings' test.
  process.env['CDK_VALIDATION'] ??= 'false';
  await synthesize({ ...options, output: folder });
  const [file = ''] = readdirSync(folder)
    .filter((name) => name.endsWith('.template.json'))
    .toSorted(); // Countersign stands before CountersignPage
  const text = readFileSync(join(folder, file), 'utf8');
  return { folder, text, template: plainTemplate(JSON.parse(text)) };
}
