import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROTOCOL_RULES } from './rules/protocolRules.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../local/docs/supported.md'), 'utf8');

test('docs/supported.md names every rule of the protocol once, and no other', () => {
  const named = [...PAGE.matchAll(/\[([A-Z]{2}-\d\d)\]/g)].map(([, id]) => id);

  expect(named.toSorted()).toEqual(PROTOCOL_RULES.map(({ id }) => id).toSorted());
});
