import { createHash } from 'node:crypto';
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import type { CdkJson } from './readCdkJson.ts';

/** What no app is made of, whatever cdk.json includes. */
const NEVER = /(?:^|\/)(?:node_modules|\.[^/]*)(?:\/|$)/;
/** They always count: the settings, and the versions of what the app is built with. */
const ALWAYS = ['cdk.json', 'cdk.context.json', 'package-lock.json'];

/** Whether a change of a file or folder, by its path from the app's folder, may change the app. */
export function isWatched(path: string, { include, exclude }: CdkJson['watch']): boolean {
  if (ALWAYS.includes(path)) return true;
  return !NEVER.test(path) && matches(path, include) && !matches(path, exclude);
}

/** Where watched files can be: what precedes the first wildcard of each pattern. Empty is the app's own folder. */
function watchedRoots({ include }: CdkJson['watch']): readonly string[] {
  return include.map((pattern) => {
    const parts = pattern.split('/');
    const wildcard = parts.findIndex((part) => /[*?[\]{}!]/.test(part));
    return parts.slice(0, wildcard < 0 ? parts.length : wildcard).join('/');
  });
}

/** One hash of all watched files, their paths included. */
export function hashFiles(root: string, watch: CdkJson['watch'], settings: string): string {
  const hash = createHash('sha256').update(settings);
  for (const file of [...ALWAYS, ...filesBelow(root, '', watch)]) {
    hash.update(`\0${file}\0`).update(readIfThere(join(root, file)));
  }
  return hash.digest('hex');
}

function filesBelow(root: string, folder: string, watch: CdkJson['watch']): readonly string[] {
  return entriesOf(join(root, folder)).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return leadsToWatched(path, watch) ? filesBelow(root, path, watch) : [];
    return isWatched(path, watch) && !ALWAYS.includes(path) ? [path] : [];
  });
}

/** Whether a folder may hold watched files. */
export function leadsToWatched(folder: string, watch: CdkJson['watch']): boolean {
  if (NEVER.test(folder) || matches(folder, watch.exclude)) return false;
  return watchedRoots(watch).some(
    (root) =>
      root === '' || root === folder || root.startsWith(`${folder}/`) || folder.startsWith(`${root}/`),
  );
}

/** As the CDK CLI has it, a pattern may name a folder: then it stands for all that is in it. */
function matches(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchesGlob(path, pattern) || path.startsWith(`${pattern}/`));
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((left, right) =>
      left.name < right.name ? -1 : 1,
    );
  } catch {
    return []; // it was removed a moment ago
  }
}

function readIfThere(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch {
    return new Uint8Array();
  }
}
