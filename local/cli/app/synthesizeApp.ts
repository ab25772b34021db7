import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCOUNT_ID, REGION } from '../../ground/account.ts';
import type { CdkJson } from './readCdkJson.ts';
import { runChild } from './runChild.ts';
import { hashFiles } from './watchedFiles.ts';

export type AppToSynthesize = {
  /** The folder of cdk.json. */
  readonly root: string;
  /** Where the assembly is kept. */
  readonly data: string;
  readonly cdk: CdkJson;
  /** What `-c NAME=VALUE` gives. */
  readonly context: Readonly<Record<string, string>>;
};

const INPUTS_FILE = 'inputs.sha256';
const WARNINGS_FILE = 'warnings.txt';

/**
 * The app's cloud assembly, made anew when one of its inputs has changed, by the command of cdk.json in the environment
 * that the CDK CLI gives it. Functions that run go on with their code: what an earlier assembly had is kept beside the
 * new one, until `fresh` says that nothing runs.
 */
export async function synthesizeApp(app: AppToSynthesize, fresh: boolean): Promise<string> {
  const folder = join(app.data, 'assembly');
  const inputs = hashFiles(app.root, app.cdk.watch, JSON.stringify(app.context));
  const known = join(folder, INPUTS_FILE);
  if (existsSync(known) && readFileSync(known, 'utf8') === inputs) {
    const warnings = join(folder, WARNINGS_FILE);
    if (existsSync(warnings)) warn(readFileSync(warnings, 'utf8'));
    return folder;
  }
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  const warnings = await runChild({
    run: app.cdk.app,
    folder: app.root,
    cache: join(app.data, 'cache'),
    environment: {
      CDK_OUTDIR: draft,
      CDK_CONTEXT_JSON: JSON.stringify({ ...app.cdk.context, ...app.context }),
      CDK_DEFAULT_ACCOUNT: ACCOUNT_ID,
      CDK_DEFAULT_REGION: REGION,
      CDK_VALIDATION: 'false',
    },
    purpose: 'synthesize the app',
  });
  if (fresh) rmSync(folder, { recursive: true, force: true });
  install(draft, folder);
  writeFileSync(join(folder, WARNINGS_FILE), warnings.join('\n'));
  writeFileSync(known, inputs);
  warn(warnings.join('\n'));
  return folder;
}

/** Again at every start, until the reason is gone. */
function warn(lines: string): void {
  if (lines !== '') console.error(lines);
}

/** An asset has the hash of its content in its name: one that is there already is the same. */
function install(draft: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, INPUTS_FILE), { force: true });
  for (const name of readdirSync(draft)) {
    const target = join(folder, name);
    if (name.startsWith('asset.') && existsSync(target)) continue;
    rmSync(target, { recursive: true, force: true });
    renameSync(join(draft, name), target);
  }
  rmSync(draft, { recursive: true, force: true });
}
