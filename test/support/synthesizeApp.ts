import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { synthesize, type Synthesis } from '../../infra/synthesize.ts';
import { plainTemplate, type PlainTemplate } from '../../infra/checks/plainTemplate.ts';

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

/** Every setting that adds something to the stack, at once. */
export const EVERYTHING_ON = {
  stage: 'dev',
  apiKeyExpires: '2027-06-30',
  secondApiKeyExpires: '2027-09-30',
  wafRateLimit: 2000,
  reservedConcurrency: 5,
  tracing: 'on',
  alarmEmail: 'on-call@example.com',
  customerManagedKey: 'on',
  page: 'on',
  statusEvents: 'on',
  terminationProtection: 'on',
  tags: 'team=orders',
} as const;

/** Every setting that takes something away. */
export const EVERYTHING_OFF = {
  introspection: 'off',
  tracing: 'off',
  apiKeyExpires: 'trial',
  removalPolicy: 'destroy',
} as const;

/** When these dates are in what AppSync takes. */
export const NOW_SECONDS = Date.parse('2026-12-01T00:00:00Z') / 1000;
