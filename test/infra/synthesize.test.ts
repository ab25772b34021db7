import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../local/test/support/temporaryFolder.ts';
import { installedCommand } from '../support/installedCommand.ts';

const ROOT = join(import.meta.dirname, '../..');
const APP = join(ROOT, 'infra/app.ts');
const QUICK = { ...process.env, CDK_VALIDATION: 'false' };

/** The app in a process of its own, as `npm start` runs it. */
function runApp(folder: string, options: { readonly cwd: string }): void {
  const env = { ...QUICK, CDK_OUTDIR: folder };
  execFileSync(process.execPath, [APP], { ...options, env, stdio: 'ignore' });
}

function filesOf(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

test('writes the same bytes again, wherever one stands', () => {
  const [first, second] = [temporaryFolder(), temporaryFolder()];

  runApp(first, { cwd: ROOT });
  runApp(second, { cwd: temporaryFolder() });

  expect(filesOf(second)).toEqual(filesOf(first));
});

test('writes with the CDK CLI the template that npm start runs', () => {
  const [own, theirs] = [temporaryFolder(), temporaryFolder()];

  runApp(own, { cwd: ROOT });
  const words = [installedCommand('cdk'), 'synth', '--quiet', '--output', theirs];
  execFileSync(process.execPath, words, { cwd: ROOT, env: QUICK, stdio: 'ignore' });

  const template = filesOf(own).get('Countersign.template.json');
  expect(filesOf(theirs).get('Countersign.template.json')).toBe(template);
  expect(filesOf(theirs).get('Countersign.assets.json')).toBe(filesOf(own).get('Countersign.assets.json'));
});

test('stops with one sentence when a setting is impossible', () => {
  const env = {
    ...QUICK,
    CDK_OUTDIR: temporaryFolder(),
    CDK_CONTEXT_JSON: JSON.stringify({ deadlineHours: '30' }),
  };

  const { status, stderr } = spawnSync(process.execPath, [APP], { env, encoding: 'utf8' });

  expect(status).toBe(1);
  expect(stderr).toBe(
    'deadlineHours is 30 and reminderHours is 24: the deadline must be a whole number of reminder intervals, or shorter than one.\n',
  );
});

test('takes the output folder as a flag, too', () => {
  const folder = temporaryFolder();

  execFileSync(process.execPath, [APP, '--output', folder], { env: QUICK, stdio: 'ignore' });

  expect(filesOf(folder).has('Countersign.template.json')).toBe(true);
});
