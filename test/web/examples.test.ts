import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getOperationAST, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { EXAMPLES, TERMINAL_EXAMPLES } from '../../web/examples.ts';

const ROOT = join(import.meta.dirname, '../..');
/** What a window of 1280 pixels shows of a line. */
const MAX_LINE_CHARACTERS = 34;
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const SCHEMA = buildSchema(`${read('appsync.graphql')}\n${read('schema.graphql')}`);

test.each(EXAMPLES)(
  'the example "$title" is valid, and gives every variable a value',
  ({ query, variables }) => {
    const document = parse(query);
    const asked = getOperationAST(document)?.variableDefinitions ?? [];

    expect(validate(SCHEMA, document)).toEqual([]);
    expect(asked.map(({ variable }) => variable.name.value)).toEqual(Object.keys(variables));
  },
);

test.each(EXAMPLES)('the lines of the example "$title" fit the editor beside the panel', ({ query }) => {
  expect(query.split('\n').filter((line) => line.length > MAX_LINE_CHARACTERS)).toEqual([]);
});

test('the examples of the terminal are one line each, and the same operations as the README shows', () => {
  const readme = read('README.md');

  for (const { query } of TERMINAL_EXAMPLES) {
    expect(query).not.toMatch(/\n|\( | \)/);
    expect(validate(SCHEMA, parse(query))).toEqual([]);
    const [field] = /(?:processOrder|confirmOrder|\border)\(/.exec(query) ?? [];
    expect(readme).toContain(field);
  }
  expect(readme).toContain('chairs-1');
});
