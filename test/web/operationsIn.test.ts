import { expect, test } from 'vitest';
import { operationsIn } from '../../web/playground/operationsIn.ts';

test.each([
  ['a named mutation', 'mutation Go($a: ID) { go(a: $a) { id } }', [{ type: 'mutation', name: 'Go' }]],
  ['an operation without a name', 'subscription { on { id } }', [{ type: 'subscription', name: null }]],
  ['the short form of a query', '{ query { mutation } }', []],
  [
    'two operations',
    'query A { a }\nmutation B { b }',
    [
      { type: 'query', name: 'A' },
      { type: 'mutation', name: 'B' },
    ],
  ],
  [
    'words in comments and texts',
    '# mutation X\nquery A { a(b: "mutation Y {", c: """query { Z""") }',
    [{ type: 'query', name: 'A' }],
  ],
  [
    'a fragment beside it',
    'fragment F on T { subscription }\nquery A { ...F }',
    [{ type: 'query', name: 'A' }],
  ],
])('finds %s', (_name, document, operations) => {
  expect(operationsIn(document)).toEqual(operations);
});
