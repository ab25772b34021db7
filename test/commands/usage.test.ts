import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const COMMANDS = ['deploy', 'diff', 'destroy', 'redrive', 'forget', 'page', 'parity'];

function run(name: string, ...words: readonly string[]) {
  const file = join(import.meta.dirname, '../../commands', `${name}.ts`);
  return spawnSync(process.execPath, [file, ...words], { encoding: 'utf8' });
}

test.each(COMMANDS)('npm run %s -- --help says how it is used, and does nothing', (name) => {
  const { status, stdout, stderr } = run(name, '--help');

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(new RegExp(`^npm run ${name} `));
});

test.each(COMMANDS)('npm run %s before npm ci says to run that, as every script does', (name) => {
  const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
  );

  expect(scripts[name]).toBe(`node run.js commands/${name}.ts`); // run.js looks for the dependencies first
});

test.each([
  ['redrive', ['--wat'], 'There is no option --wat; npm run redrive takes --outputs.'],
  ['forget', ['--output', 'x', 'order-1'], 'There is no option --output; npm run forget takes --outputs.'],
  ['page', ['--prot', '4002'], 'There is no option --prot; npm run page takes --port.'],
  ['parity', ['--wat'], 'There is no option --wat; npm run parity takes none.'],
  ['page', ['--port'], '--port needs a value.'],
  ['page', ['--port', '-1'], '--port needs a value; got "-1".'],
  ['page', ['--port', '1', '--port', '2'], '--port was given twice; npm run page takes it once.'],
  ['page', ['--port=99999'], '--port must be a whole number from 0 to 65535; got "99999".'],
  ['page', ['a.json', 'b.json'], 'npm run page takes one file; got "a.json" "b.json".'],
  ['deploy', ['--stagge', 'dev'], 'There is no option --stagge; npm run deploy takes --region, '],
  ['deploy', ['--requireapproval', 'never'], 'There is no option --requireapproval; npm run deploy takes '],
  ['deploy', ['--app', 'other'], 'There is no option --app; npm run deploy takes '],
  ['deploy', ['--outputs-file', 'x'], 'There is no option --outputs-file; npm run deploy takes '],
  ['deploy', ['--hotswap'], 'There is no option --hotswap; npm run deploy takes '],
  [
    'deploy',
    ['--require-approval', 'nevr'],
    '--require-approval must be never or any-change or broadening; got "nevr".',
  ],
  ['deploy', ['-c', 'stage'], '-c must be NAME=VALUE; got "stage".'],
  ['deploy', ['-c'], '-c needs a value.'],
  [
    'deploy',
    ['Countersign'],
    'npm run deploy takes options and settings (-c NAME=VALUE) only; got "Countersign".',
  ],
  ['deploy', ['-c', 'stagge=dev'], 'There is no setting "stagge"; the settings are stage, '],
  ['diff', ['-c', 'stage=Dev'], 'stage is "Dev"; it must be a name of 1 to 16 lowercase letters and digits'],
  ['deploy', ['-c', 'apiKeyExpires=2020-01-01'], 'apiKeyExpires is 2020-01-01T00:00Z; AppSync takes an end '],
  ['destroy', ['-c', 'stagge=dev'], 'There is no setting "stagge"; the settings are stage, '],
  ['diff', ['--fial'], 'There is no option --fial; npm run diff takes --region, '],
  ['destroy', ['--stop-order'], 'There is no option --stop-order; npm run destroy takes --stop-orders, '],
  ['destroy', ['--force=no'], '--force takes no value; got "no".'],
  ['destroy', ['--outputs'], '--outputs needs a value.'],
  ['destroy', ['--all'], 'There is no option --all; npm run destroy takes --stop-orders, '],
])('npm run %s -- %j is refused in one sentence before anything is done', (name, words, sentence) => {
  const { status, stdout, stderr } = run(name, ...words);

  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr.startsWith(sentence)).toBe(true);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});
