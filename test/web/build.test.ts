import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../local/test/support/temporaryFolder.ts';
import { webFolder } from './support/fakeCloud.ts';

const MAX_BYTES = 61_440;
const ROOT = join(import.meta.dirname, '../..');
const BUILD = join(ROOT, 'web/build.ts');
const SOURCES = [
  'web',
  'client',
  'functions/order',
  'package.json',
  'package-lock.json',
  'appsync.graphql',
  'schema.graphql',
];

test('makes a page of at most 60 KB gzipped', async () => {
  const folder = await webFolder();
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const sizes = files
    .filter(({ name }) => name !== 'headers.json')
    .map(({ name }) => gzipSync(readFileSync(join(folder, name))).byteLength);

  expect(sizes.length).toBeGreaterThan(3);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MAX_BYTES);
});

test('lets the page run its own scripts alone, by header and for hosts that send none', async () => {
  const folder = await webFolder();
  const headers: Record<string, Record<string, string>> = JSON.parse(
    readFileSync(join(folder, 'headers.json'), 'utf8'),
  );
  const page = readFileSync(join(folder, 'index.html'), 'utf8');

  const policy = headers['/']?.['content-security-policy'];
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|\*:\/\/|https: /);
  expect(page).toContain(
    `http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'`,
  );
  expect(page).not.toMatch(/<script(?! type="module" src="\/)|<style|style=/);
});

test('lets the page connect to an API on a custom domain', () => {
  const output = join(temporaryFolder(), 'web');
  execFileSync(process.execPath, [BUILD, '--output', output, '--api', 'https://api.example.com/graphql']);

  const page = readFileSync(join(output, 'index.html'), 'utf8');
  expect(page).toMatch(/connect-src [^"]*https:\/\/api\.example\.com wss:\/\/api\.example\.com/);
});

test('lets the page sign people in at Cognito and at the issuer that is named', () => {
  const output = join(temporaryFolder(), 'web');
  const issuers = [
    '--issuer',
    'https://login.example.com/tenant',
    '--issuer',
    'https://tokens.example.com/token',
  ];
  execFileSync(process.execPath, [BUILD, '--output', output, ...issuers]);

  for (const file of ['index.html', 'playground/index.html']) {
    const policy = /connect-src ([^;"]*)/.exec(readFileSync(join(output, file), 'utf8'))?.[1]?.split(' ');
    expect(policy).toContain('https://login.example.com');
    expect(policy).toContain('https://tokens.example.com');
    expect(policy).toContain('https://*.amazoncognito.com');
  }
});

test('says where a source is wrong, and keeps what was built before', () => {
  const root = join(temporaryFolder(), 'project');
  for (const file of SOURCES) cpSync(join(ROOT, file), join(root, file), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const output = join(root, 'built');
  const build = () =>
    spawnSync(process.execPath, ['web/build.ts', '--output', output], { cwd: root, encoding: 'utf8' });
  build();
  const before = readdirSync(output, { recursive: true });
  appendFileSync(join(root, 'web/page/words.ts'), 'const x = ;\n');

  const { status, stderr } = build();

  expect(status).toBe(1);
  expect(stderr).toMatch(/Unexpected ";"\s+web\/page\/words\.ts:\d+:10:/);
  expect(stderr).not.toMatch(/node_modules|Node\.js/);
  expect(before).toContain('app.js');
  expect(readdirSync(output, { recursive: true })).toEqual(before);
});

test('builds only what has changed', () => {
  const output = join(temporaryFolder(), 'web');
  const build = () => {
    execFileSync(process.execPath, [BUILD, '--output', output]);
    return statSync(join(output, 'app.js')).mtimeMs;
  };

  const first = build();

  expect(build()).toBe(first);
});
