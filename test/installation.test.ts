import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

// What `npm ci` costs a newcomer. A dependency that makes it more is worth a look at what it brings along.

const ROOT = join(import.meta.dirname, '..');
const MAX_PACKAGES = 390;
/** In an empty clone there are 30,951 of 821 MB: the package `node` leaves its own download behind, until `npm install`. */
const MAX_FILES = 32_000;
const MAX_MEGABYTES = 840;

function sizeOf(folder: string): { readonly files: number; readonly bytes: number } {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !BUILT.has(name));
  const inner = entries.filter((entry) => entry.isDirectory()).map(({ name }) => sizeOf(join(folder, name)));
  const own = entries.filter((entry) => entry.isFile()).map(({ name }) => statSync(join(folder, name)).size);
  return {
    files: own.length + inner.reduce((sum, { files }) => sum + files, 0),
    bytes: [...own, ...inner.map(({ bytes }) => bytes)].reduce((sum, bytes) => sum + bytes, 0),
  };
}

/** Made by programs that have run, not by the installation. */
const BUILT = new Set(['.cache', '.vite', '.vite-temp']);

test(`npm ci installs at most ${MAX_PACKAGES} packages`, () => {
  const { packages }: { packages: Record<string, unknown> } = JSON.parse(
    readFileSync(join(ROOT, 'package-lock.json'), 'utf8'),
  );
  const installed = Object.keys(packages).filter((name) => name.includes('node_modules/'));

  expect(installed.length).toBeGreaterThan(0);
  expect(installed.length).toBeLessThanOrEqual(MAX_PACKAGES);
});

test(`npm ci writes at most ${MAX_FILES} files of ${MAX_MEGABYTES} MB together`, () => {
  const { files, bytes } = sizeOf(join(ROOT, 'node_modules'));

  expect(files).toBeLessThanOrEqual(MAX_FILES);
  expect(bytes / 1_000_000).toBeLessThanOrEqual(MAX_MEGABYTES);
});
