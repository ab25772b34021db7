import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const COMMANDS = ['deploy', 'diff', 'destroy', 'redrive', 'forget', 'page', 'parity'];

function run(name: string, word: string) {
  const file = join(import.meta.dirname, '../../commands', `${name}.ts`);
  return spawnSync(process.execPath, [file, word], { encoding: 'utf8' });
}

test.each(COMMANDS)('npm run %s -- --help says how it is used, and does nothing', (name) => {
  const { status, stdout, stderr } = run(name, '--help');

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(new RegExp(`^npm run ${name} `));
});

test.each(['redrive', 'forget', 'page', 'parity'])('npm run %s refuses an unknown option', (name) => {
  const { status, stderr } = run(name, '--wat');

  expect({ status, stderr }).toEqual({ status: 1, stderr: "Unknown option '--wat'.\n" });
});
