import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
/** The rows of the table of threats: a threat, what stands against it, and the test. */
const ROWS = [...PAGE.matchAll(/^\|([^|]+)\|([^|]+)\| `([^`]+\.test\.ts)`: ([^|]+?) *\|$/gm)].map(
  ([, threat = '', , file = '', name = '']) => [threat.trim(), file, name] as const,
);

test.each(ROWS)('%s: %s has the test that the page names', (_threat, file, name) => {
  expect(existsSync(join(ROOT, file))).toBe(true);
  expect(readFileSync(join(ROOT, file), 'utf8')).toContain(name);
});

test('every threat of the page has a test', () => {
  const table = PAGE.slice(PAGE.indexOf('## Threats'), PAGE.indexOf('## What is left to you'));
  const rows = table.split('\n').filter((line) => line.startsWith('| ')).length - 1; // without its head

  expect(ROWS.length).toBeGreaterThan(15);
  expect(ROWS.length).toBe(rows - (/^\| -+/m.test(table) ? 1 : 0));
});

test('every correction of the emulator is on the page', () => {
  const script = readFileSync(join(ROOT, 'test/independent/corrected_ministack.py'), 'utf8');
  const list = /CORRECTIONS = \[([^\]]+)\]/.exec(script)?.[1] ?? '';
  const corrections = [...list.matchAll(/\w+/g)].map(([name]) => name);
  const rows = [...PAGE.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name]) => name);

  expect(corrections).toHaveLength(7);
  expect(rows.toSorted()).toEqual(corrections.toSorted());
});
