import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = '{docs,resolvers,functions,infra,commands,client,web,bench,local}';
const FILES = globSync(['*.{md,graphql}', `${FOLDERS}/**/*.{ts,tsx,js,md}`], { cwd: ROOT }).filter(
  (file) => !/node_modules\/|\.generated\.ts$|(^|\/)dist\/|^local\/test\//.test(file),
);

/** Phrases that a native reader has to decode, and what to write instead. */
const REFUSED: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['"is no …": write "is not a …", or "has no …"', /(?<!\bthere) (?:is|are) no (?!longer)[a-z]/i],
  ['"whoever", "nobody", "everybody": name the caller', /\b(?:whoever|nobody|everybody)\b/i],
  ['a comment that begins with "Who": begin with the noun', /\/\*\* Who\b/],
];

test('every page, comment and message is plain technical English', () => {
  const found = FILES.flatMap((file) =>
    readFileSync(join(ROOT, file), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        REFUSED.filter(([, pattern]) => pattern.test(line)).map(
          ([what]) => `${file}:${index + 1}: ${line.trim()} (${what})`,
        ),
      ),
  );

  expect(FILES.length).toBeGreaterThan(400);
  expect(found).toEqual([]);
});
