import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { explore, type Exploration } from './checker/explore.ts';
import { createOrderModel } from './order/orderModel.ts';
import { ALL_ON } from './order/rules.ts';
import { GATE } from './scopes.ts';
import { NOTHING_FOUND, tell } from './tell.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/reliability.md'), 'utf8');

describe('the protocol, whatever happens in whatever order', () => {
  test.each(Object.entries(GATE))('keeps its promises: %s', (name, scope) => {
    const exploration: Exploration = explore(createOrderModel(ALL_ON, scope));

    console.log(`${name}: ${exploration.states} states, ${exploration.transitions} transitions`);
    expect(tell(exploration)).toBe(NOTHING_FOUND);
    // docs/reliability.md has a row for each scope.
    expect(PAGE).toMatch(new RegExp(`\\| ${exploration.states.toLocaleString('en-US')} +\\|`));
  });
});
