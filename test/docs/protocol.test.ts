import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/protocol.md'), 'utf8');
const SOURCES = globSync('{functions,infra,resolvers,bench,client,web,test,local}/**/*.{ts,tsx}', {
  cwd: ROOT,
  exclude: (file) => file.includes('node_modules'),
}).map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));

test('the page has the nine rules', () => {
  const rules = [...PAGE.matchAll(/^- \*\*Rule (\d+): /gm)].map(([, number]) => Number(number));

  expect(rules).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('every rule that a comment of the functions cites is on the page', () => {
  const functions = SOURCES.filter(({ file }) => file.startsWith('functions/'));
  const cited = functions.flatMap(({ file, text }) =>
    [...text.matchAll(/\brule (\d+)\b/gi)].map(([, number]) => ({ file, number })),
  );

  expect(cited.length).toBeGreaterThan(10);
  expect(cited.filter(({ number }) => !PAGE.includes(`**Rule ${number}: `))).toEqual([]);
});

test('no comment cites a rule by a number that only a reader of another page would know', () => {
  const short = SOURCES.filter(({ text }) => /(?:\/\/|\*).*\bR[1-9]\b(?!:)/.test(text)).map(
    ({ file }) => file,
  );

  expect(short.filter((file) => !file.startsWith('test/model/'))).toEqual([]);
});

test('the calls that the page counts are the ones that a test counts', () => {
  const counted = readFileSync(join(ROOT, 'test/functions/calls.test.ts'), 'utf8');

  expect(PAGE).toContain(
    'makes 18 calls: 2 by `processOrder`, 5 by `storeTaskToken`, 4 by `confirmOrder`, 7 by',
  );
  expect(counted).toContain('makes 18 calls');
});
