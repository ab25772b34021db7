import { describe, expect, test } from 'vitest';
import { printSchema } from 'graphql';
import { loadSchema } from '../../../services/appsync/schema/loadSchema.ts';

const INTERFACES = 'interface A { a: Int } interface B { b: Int } interface C { c: Int }';

function interfacesOf(header: string): readonly string[] {
  const schema = loadSchema(`${INTERFACES} ${header} { a: Int b: Int c: Int } type Query { t: T }`)?.schema;
  const type = schema?.getType('T');
  return type !== undefined && 'getInterfaces' in type ? type.getInterfaces().map(({ name }) => name) : [];
}

function printed(text: string): string {
  const loaded = loadSchema(text);
  return loaded === null ? '' : printSchema(loaded.schema);
}

describe('AppSync takes a schema', () => {
  test.each([
    ['type T implements A, B', ['A', 'B']],
    ['type T implements A & B', ['A', 'B']],
    ['type T implements A,B,C', ['A', 'B', 'C']],
    ['type T implements A, B & C', ['A', 'B', 'C']],
    ['type T implements A , # one, two\n B', ['A', 'B']],
    ['type T implements & A, B', ['A', 'B']],
    ['type T implements A, B @aws_iam', ['A', 'B']],
    ['type T implements A,', ['A']],
  ])('with the interfaces of %s', (header, names) => {
    expect(interfacesOf(header)).toEqual(names);
  });

  test('with names that only look like a list of interfaces', () => {
    const text = `enum E { implements, A, B } type Query { implements: Int, type: E, a(implements: Int, b: Int): Int }`;

    expect(printed(text)).toContain('enum E {\n  implements\n  A\n  B\n}');
  });

  test.each([
    'type Order @canonical { id: ID } type Query { o: Order }',
    'type Order @hidden { id: ID } type Query { o: Order }',
    'type Order @renamed(to: "Sale") { id: ID } type Query { o: Order }',
    'type Query { o: Int @canonical p: Int @hidden q: Int @renamed(to: "r") }',
    'input In @canonical { id: ID @hidden } enum E @renamed(to: "F") { A } type Query { o(i: In): E }',
    'scalar AWSDateTime directive @aws_iam on FIELD_DEFINITION type Query { o: AWSDateTime @aws_iam }',
  ])('%s', (text) => {
    expect(() => loadSchema(text)).not.toThrow();
  });
});

describe('AppSync describes', () => {
  test('a name by the comments directly before it', () => {
    const text = [
      '#An apple.',
      '# Red.',
      'type Apple {',
      '  #Its weight.',
      '  weight(',
      '    #g or lb.',
      '    unit: String',
      '  ): Int # not a description',
      '  name: String',
      '}',
      '# Far away.',
      '',
      'enum Taste {',
      '  #Like a lemon.',
      '  SOUR',
      '}',
      'type Query { a: Apple t: Taste }',
    ].join('\n');

    expect(printed(text)).toContain('"""\nAn apple.\n Red.\n"""\ntype Apple {');
    expect(printed(text)).toContain(
      '  """Its weight."""\n  weight(\n    """g or lb."""\n    unit: String\n  ): Int\n  name',
    );
    expect(printed(text)).toContain('}\n\nenum Taste {\n  """Like a lemon."""\n  SOUR\n}');
    expect(loadSchema(text)?.warnings).toEqual([]);
  });

  test('nothing by a text, which it cannot parse: a warning says so once', () => {
    const warnings = loadSchema('"A query." type Query { "A." a: Int "B." b: Int }')?.warnings;

    expect(warnings).toEqual([expect.stringMatching(/^AppSync cannot parse descriptions that are texts: /)]);
  });
});

describe('AppSync refuses a schema', () => {
  test.each([
    ['type T implements A B { a: Int }', 'Unexpected Name "B"'],
    ['extend type Query { b: Int }', 'line 2: extend type Query: AppSync does not support extensions.'],
    ['extend input I { b: Int } input I { a: Int }', 'extend input I'],
    ['enum E { A } extend enum E { B }', 'extend enum E'],
    ['union U = T type T { a: Int } extend union U = T', 'extend union U'],
    ['extend interface A { b: Int }', 'extend interface A'],
    ['extend schema @aws_iam', 'extend schema'],
    ['extend scalar AWSDate @aws_iam', 'extend scalar AWSDate'],
    [
      'scalar Money',
      'scalar Money: AppSync does not support custom scalars. Use a built-in scalar or one of AWSDate,',
    ],
    ['scalar Long', 'scalar Long'],
    ['scalar AWSMoney', 'scalar AWSMoney'],
    [
      'interface A { a: Int } interface B implements A { a: Int }',
      'interface B: AppSync does not support interfaces that implement interfaces.',
    ],
    [
      'interface A { a: Int } interface C { c: Int } interface B implements A, C { a: Int c: Int }',
      'interface B',
    ],
    ['input Pick @oneOf { id: ID name: String }', '@oneOf: AppSync does not have this directive.'],
    ['scalar AWSDate @specifiedBy(url: "x")', '@specifiedBy'],
    ['type AWSThing { a: Int }', 'AWSThing: names of types that begin with AWS are reserved by AppSync.'],
    ['input AWSIn { a: Int }', 'AWSIn'],
    ['enum AWSEnum { A }', 'AWSEnum'],
    ['interface AWSNode { a: Int }', 'AWSNode'],
    ['type T { a: Int } union AWSUnion = T', 'AWSUnion'],
    ['type T @nothing { a: Int }', 'Unknown directive "@nothing".'],
    ['input I @nothing { a: Int }', 'Unknown directive "@nothing".'],
    ['type T { a: Int; }', 'Unexpected character: ";"'],
  ])('with %s', (text, message) => {
    expect(() => loadSchema(`type Query { a: Int }\n${text}`)).toThrow(message);
  });

  test('with every problem at once, each with its line', () => {
    expect(() => loadSchema('scalar A\nscalar B\ntype Query { a: A }')).toThrow(
      /line 1: scalar A:.*\n.*line 2: scalar B:/,
    );
  });
});

test('introspection knows no directive that AppSync does not have', () => {
  const names = loadSchema('type Query { a: Int }')
    ?.schema.getDirectives()
    .map(({ name }) => name);

  expect(names).not.toContain('oneOf');
  expect(names).not.toContain('specifiedBy');
});
