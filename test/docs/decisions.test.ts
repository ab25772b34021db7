import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

test.each(['docs/decisions', 'local/docs/decisions'])(
  '%s has consecutive numbers, dates, and a line for each page in its README',
  (folder) => {
    const pages = readdirSync(join(ROOT, folder)).filter((name) => name !== 'README.md');
    const readme = readFileSync(join(ROOT, folder, 'README.md'), 'utf8');
    const textOf = (page: string) => readFileSync(join(ROOT, folder, page), 'utf8');

    const numbers = pages.map((page) => Number(page.slice(0, 4))).toSorted((left, right) => left - right);
    const undated = pages.filter((page) => !/^Status: .*\d{4}-\d{2}-\d{2}/m.test(textOf(page)));
    const unlisted = pages.filter((page) => !readme.includes(`](${page})`));

    expect(numbers).toEqual(numbers.map((_number, index) => index + 1));
    expect({ undated, unlisted }).toEqual({ undated: [], unlisted: [] });
  },
);
