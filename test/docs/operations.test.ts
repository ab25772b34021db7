import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

test('the operations page says for every alarm what to do', () => {
  const alarms = [...read('infra/watch/alarms.ts').matchAll(/^ {2}(\w+): \{$/gm)].map(([, name]) => name);
  const rows = [...read('docs/operations.md').matchAll(/^\| `(\w+)` +\| [^|]+ \| [^|]+ \|$/gm)].map(
    ([, name]) => name,
  );

  expect(alarms.length).toBeGreaterThan(10);
  expect(rows).toEqual(alarms);
});
