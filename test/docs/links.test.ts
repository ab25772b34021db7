import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = globSync(['*.md', 'docs/**/*.md', 'client/*.md', 'local/*.md', 'local/docs/**/*.md'], {
  cwd: ROOT,
});
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** As GitHub makes the address of a heading. */
const headingsOf = (page: string) =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

/** The files and headings that a page links to, from the root. */
function linksIn(page: string): readonly (readonly [file: string, heading: string])[] {
  return [...read(page).matchAll(/\]\((?!https?:)([^)#]*)#?([^)]*)\)/g)].map(
    ([, path = '', heading = '']) => [path === '' ? page : normalize(join(dirname(page), path)), heading],
  );
}

test.each(PAGES)('%s links to files and headings that exist', (page) => {
  const broken = linksIn(page).filter(
    ([file, heading]) =>
      !existsSync(join(ROOT, file)) || (heading !== '' && !headingsOf(file).includes(heading)),
  );

  expect(broken).toEqual([]);
});

const NAMED = /`((?:functions|infra|test|commands|web|bench|docs|resolvers|\.github)\/[\w./-]+\.\w+)`/g;

test.each(PAGES.filter((page) => page.startsWith('docs/')))('%s names files that exist', (page) => {
  const named = [...read(page).matchAll(NAMED)].map(([, file = '']) => file);

  expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});
