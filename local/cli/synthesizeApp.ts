import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './runChild.ts';

/** What the app's template is made of. */
const INPUTS = [
  'schema.graphql',
  'schema.generated.ts',
  'cdk.json',
  'package-lock.json',
  'infra',
  'functions',
  'resolvers',
];
const INPUTS_FILE = 'inputs.sha256';

/** The app's cloud assembly, kept in the data folder and made anew when one of its inputs has changed. */
export async function synthesizeApp(root: string, data: string): Promise<string> {
  const folder = join(data, 'assembly');
  const inputs = hashInputs(root);
  const known = join(folder, INPUTS_FILE);
  if (existsSync(known) && readFileSync(known, 'utf8') === inputs) return folder;
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  await runChild({
    script: join(root, 'infra/app.ts'),
    folder: root,
    environment: { CDK_OUTDIR: draft, CDK_VALIDATION: 'false' },
    purpose: 'synthesize the app',
  });
  writeFileSync(join(draft, INPUTS_FILE), inputs);
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
  return folder;
}

function hashInputs(root: string): string {
  const hash = createHash('sha256');
  for (const file of INPUTS.flatMap((input) => filesOf(root, input))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesOf(root: string, input: string): readonly string[] {
  if (!existsSync(join(root, input))) return [];
  if (/\.[a-z]+$/.test(input)) return [input];
  const entries = readdirSync(join(root, input), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .toSorted();
}
