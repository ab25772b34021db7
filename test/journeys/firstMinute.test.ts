import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { satisfies } from 'semver';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../local/test/support/temporaryFolder.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The guard of every command, in a folder of its own. */
function guardIn(folder: string): string {
  copyFileSync(join(ROOT, 'run.js'), join(folder, 'run.js'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(
    join(folder, 'start.ts'),
    'const words: readonly string[] = process.argv.slice(2); console.log(words);',
  );
  return join(folder, 'run.js');
}

test('a checkout without its dependencies says to install them, in one line', () => {
  const guard = guardIn(temporaryFolder());

  const { status, stderr, stdout } = spawnSync(process.execPath, [guard, 'start.ts'], { encoding: 'utf8' });

  expect([status, stdout, stderr]).toEqual([
    1,
    '',
    'The dependencies are not installed: run npm ci first.\n',
  ]);
});

test('an old Node says so in one line, before it meets TypeScript', () => {
  const folder = temporaryFolder();
  const guard = guardIn(folder);
  mkdirSync(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), '{}');
  const older = join(folder, 'older.cjs');
  writeFileSync(
    older,
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });",
  );

  const words = ['--require', older, guard, 'start.ts'];
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });

  expect(status).toBe(1);
  expect(stderr).toMatch(/^Node 20\.20\.2 is too old\. [^\n]*npm ci[^\n]*\n$/);
});

test('hands the words of the command line on to the script', () => {
  const folder = temporaryFolder();
  const guard = guardIn(folder);
  mkdirSync(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), '{}');

  const { stdout } = spawnSync(process.execPath, [guard, 'start.ts', '--port', '0'], { encoding: 'utf8' });

  expect(stdout).toBe("[ '--port', '0' ]\n");
});

test('no dependency wants a newer Node than package.json does, so that npm ci prints no warning', () => {
  const lock: { packages: Readonly<Record<string, { engines?: { node?: string }; optional?: boolean }>> } =
    JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const oldest = ['22.18.0', '24.0.0', '26.0.0'];

  const warnings = Object.entries(lock.packages).flatMap(([name, { engines, optional }]) =>
    oldest
      .filter((version) => optional !== true && !satisfies(version, engines?.node ?? '*'))
      .map((version) => `${name} does not want Node ${version}, but ${engines?.node}`),
  );

  expect(lock.packages['']?.engines?.node).toBe('^22.18 || ^24 || >=26');
  expect(satisfies('22.17.0', '^22.18 || ^24 || >=26')).toBe(false);
  expect(warnings).toEqual([]);
});

test('no program is started from node_modules/.bin, where Windows has scripts of a shell', () => {
  const folders = ['bench', 'client', 'commands', 'infra', 'local', 'test', 'web'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  const sources = files.filter((file) => file.endsWith('.ts') && !file.includes('node_modules'));

  const others = sources.filter((file) =>
    /node_modules\/\.bin'|\.bin\/\w/.test(readFileSync(join(ROOT, file), 'utf8')),
  );

  expect(sources.length).toBeGreaterThan(100);
  expect(others).toEqual([]);
});

test('no script of package.json needs exec, which the shell of Windows has not', () => {
  const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  );

  expect(Object.entries(scripts).filter(([, script]) => /\bexec\b|\$|'|;/.test(script))).toEqual([]);
});

test('npm start in a folder below the root finds the folders of its command line from there', () => {
  const folder = join(ROOT, 'functions/steps');

  const words = ['start', '--silent', '--', '--assembly', './nowhere', '--data', temporaryFolder()];
  const { status, stderr } = spawnSync('npm', words, {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });

  expect([status, stderr]).toEqual([
    1,
    `${join(folder, 'nowhere')} is not a folder. Run cdk synth and pass its output folder.\n`,
  ]);
});
