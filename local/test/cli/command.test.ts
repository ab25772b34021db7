import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const PACKAGE = join(import.meta.dirname, '../..');
const { bin } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
const COMMAND = join(PACKAGE, bin['local-cloud']);

/** Without this line a shell reads the file as its own language, and Windows gets no way to start it. */
test.each(Object.values<string>(bin))('npm installs %s as a program that Node runs', (file) => {
  const path = join(PACKAGE, file);

  expect(readFileSync(path, 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node');
  expect(statSync(path).mode & 0o111).toBe(0o111);
});

test('local-cloud runs as npx runs it: by its own name, in the shell', () => {
  expect(readFileSync(COMMAND, 'utf8')).toMatch(/^#!/); // or the shell runs it, again and again

  const { status, stdout, stderr } = spawnSync(`"${COMMAND}" --help`, { shell: true, encoding: 'utf8' });

  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Usage: local-cloud \[flags\]$/m);
});

/** npx enters the folder of the nearest package.json: without one of its own, the example would not be the app that runs. */
test('npx local-cloud in the folder of the example starts the example', async () => {
  const words = ['local-cloud', '--port', '0', '--data', join(temporaryFolder(), 'data')];
  const cwd = join(PACKAGE, 'examples/greetings');
  const env = { ...process.env, npm_config_offline: 'true' };

  const child = spawn('npx', words, { cwd, env, detached: true });
  onTestFinished(() => void (child.exitCode ?? process.kill(-(child.pid ?? 0))));
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    if (printed.includes('Stop with')) break;
  }

  expect(printed).toMatch(/^Ready in \d+ ms\.$/m);
  expect(printed).toMatch(/^ {2}GraphQL {8}http:\/\/localhost:\d+\/graphql$/m);
});

test('says in one line that the Node of this machine is too old', () => {
  const older = join(temporaryFolder(), 'older.cjs');
  writeFileSync(
    older,
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });",
  );

  const words = ['--require', older, COMMAND, '--help'];
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });

  expect([status, stderr]).toEqual([1, 'Node 20.20.2 is too old: the local cloud needs Node 24 or later.\n']);
});

test('--static with something that is not a folder is one sentence', () => {
  const data = join(temporaryFolder(), 'data');
  const words = ['--static', join(PACKAGE, 'package.json'), '--assembly', PACKAGE, '--data', data];
  const { status, stderr } = spawnSync(process.execPath, [COMMAND, ...words], { encoding: 'utf8' });

  expect([status, stderr]).toEqual([
    2,
    `--static must name a folder; ${join(PACKAGE, 'package.json')} is not one.\n`,
  ]);
});
