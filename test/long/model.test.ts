import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { explore } from '../model/checker/explore.ts';
import { createOrderModel } from '../model/order/orderModel.ts';
import { ALL_ON } from '../model/order/rules.ts';
import { LONG } from '../model/scopes.ts';
import { NOTHING_FOUND, tell } from '../model/tell.ts';

const TIMEOUT_MS = 3_600_000;

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/reliability.md'), 'utf8');

describe('the protocol, whatever happens in whatever order', () => {
  test.each(Object.entries(LONG))('keeps its promises: %s', { timeout: TIMEOUT_MS }, (name, scope) => {
    const exploration = explore(createOrderModel(ALL_ON, scope));

    console.log(`${name}: ${exploration.states} states, ${exploration.transitions} transitions`);
    expect(tell(exploration)).toBe(NOTHING_FOUND);
    // docs/reliability.md has a row for each scope.
    expect(PAGE).toMatch(new RegExp(`\\| ${exploration.states.toLocaleString('en-US')} +\\|`));
  });
});
