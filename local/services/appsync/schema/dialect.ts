import {
  GraphQLError,
  Kind,
  Lexer,
  parse,
  Source,
  TokenKind,
  visit,
  type ASTNode,
  type ASTVisitor,
  type DocumentNode,
  type Token,
} from 'graphql';
import { withComments } from './descriptions.ts';

/** A schema's text read as AppSync reads it. */
export type ReadSchema = {
  /** Without the default values, which AppSync drops. */
  readonly document: DocumentNode;
  /** What AppSync accepts but changes or ignores, one sentence each. */
  readonly warnings: readonly string[];
};

type Finding = { readonly node: ASTNode; readonly message: string };
type Rule = (node: never) => string | null;

/**
 * What the GraphQL library takes and AppSync refuses, by the kind of the node. AppSync's guide ("Scalar types in
 * AppSync", "Merging APIs") and reports to its community repository are the sources; `docs/supported.md` has the table.
 */
const REFUSED: Readonly<Record<string, Rule>> = {
  [Kind.SCALAR_TYPE_DEFINITION]: ({ name: { value } }: Named) =>
    AWS_SCALARS.has(value)
      ? null
      : `scalar ${value}: AppSync does not support custom scalars. Use a built-in scalar or one of ${[...AWS_SCALARS].join(', ')}.`,
  [Kind.OBJECT_TYPE_DEFINITION]: reservedName,
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: reservedName,
  [Kind.ENUM_TYPE_DEFINITION]: reservedName,
  [Kind.UNION_TYPE_DEFINITION]: reservedName,
  [Kind.INTERFACE_TYPE_DEFINITION]: (node: Named & { readonly interfaces?: readonly Named[] }) =>
    reservedName(node) ??
    ((node.interfaces ?? []).length === 0
      ? null
      : `interface ${node.name.value}: AppSync does not support interfaces that implement interfaces. List every interface on the types that implement them.`),
  [Kind.SCHEMA_EXTENSION]: () => 'extend schema: AppSync does not support extensions. Merge it into schema.',
  [Kind.SCALAR_TYPE_EXTENSION]: extension('scalar'),
  [Kind.OBJECT_TYPE_EXTENSION]: extension('type'),
  [Kind.INTERFACE_TYPE_EXTENSION]: extension('interface'),
  [Kind.UNION_TYPE_EXTENSION]: extension('union'),
  [Kind.ENUM_TYPE_EXTENSION]: extension('enum'),
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: extension('input'),
  [Kind.DIRECTIVE]: ({ name: { value } }: Named) =>
    LIBRARY_DIRECTIVES.has(value) ? `@${value}: AppSync does not have this directive.` : null,
};

type Named = { readonly name: { readonly value: string } };

/** AppSync's own scalars. A schema may declare them for other tools; AppSync's own stand. */
export const AWS_SCALARS: ReadonlySet<string> = new Set([
  'AWSDate',
  'AWSTime',
  'AWSDateTime',
  'AWSTimestamp',
  'AWSEmail',
  'AWSJSON',
  'AWSURL',
  'AWSPhone',
  'AWSIPAddress',
]);

/** Directives that the GraphQL library knows and AppSync does not. */
export const LIBRARY_DIRECTIVES: ReadonlySet<string> = new Set(['oneOf', 'specifiedBy']);

/** Reads a schema; throws GraphQLError for text that is not a schema, and a list of them for what AppSync refuses. */
export function readSchema(text: string): ReadSchema {
  const document = parse(withAmpersands(text), { noLocation: false });
  const findings: Finding[] = [];
  const warnings: string[] = [];
  visit(document, {
    enter: (node: ASTNode) => {
      const message = (REFUSED[node.kind] as ((node: ASTNode) => string | null) | undefined)?.(node) ?? null;
      if (message !== null) findings.push({ node, message });
    },
  });
  if (findings.length > 0)
    throw new SchemaRefused(
      findings.map(({ node, message }) => new GraphQLError(message, { nodes: [node] })),
    );
  return { document: visit(visit(document, withComments(warnings)), withoutDefaults(warnings)), warnings };
}

/** Everything that AppSync refuses in a schema. */
export class SchemaRefused extends Error {
  readonly problems: readonly GraphQLError[];

  constructor(problems: readonly GraphQLError[]) {
    super(problems.map(({ message }) => message).join('\n'));
    this.problems = problems;
  }
}

function reservedName({ name: { value } }: Named): string | null {
  return value.startsWith('AWS')
    ? `${value}: names of types that begin with AWS are reserved by AppSync. Choose another name.`
    : null;
}

function extension(keyword: string): Rule {
  return ({ name: { value } }: Named) =>
    `extend ${keyword} ${value}: AppSync does not support extensions. Merge it into ${keyword} ${value}.`;
}

/** AppSync takes default values of arguments and input fields and forgets them. */
function withoutDefaults(warnings: string[]): ASTVisitor {
  const path: string[] = [];
  const inside = {
    enter: ({ name }: Named) => void path.push(name.value),
    leave: () => void path.pop(),
  };
  return {
    [Kind.DIRECTIVE_DEFINITION]: () => false,
    [Kind.OBJECT_TYPE_DEFINITION]: inside,
    [Kind.INTERFACE_TYPE_DEFINITION]: inside,
    [Kind.INPUT_OBJECT_TYPE_DEFINITION]: inside,
    [Kind.FIELD_DEFINITION]: inside,
    [Kind.INPUT_VALUE_DEFINITION]: (node) => {
      if (node.defaultValue === undefined) return undefined;
      warnings.push(
        `AppSync drops default values: ${[...path, node.name.value].join('.')} has one in the schema, and resolvers get no value where the client sends none.`,
      );
      const { defaultValue: _dropped, ...rest } = node;
      return rest;
    },
  };
}

/**
 * AppSync takes a comma between the interfaces of a type (`implements A, B`), and its own exports are written so; for
 * the library a comma is blank space. An ampersand in the same place keeps every position.
 */
function withAmpersands(text: string): string {
  if (!text.includes('implements')) return text;
  const commas: number[] = [];
  for (const [left, right] of neighboursInInterfaces(text)) {
    const comma = commaBetween(text, left, right);
    if (comma !== null) commas.push(comma);
  }
  let read = '';
  let from = 0;
  for (const comma of commas) {
    read += `${text.slice(from, comma)}&`;
    from = comma + 1;
  }
  return read + text.slice(from);
}

/** Two names that follow each other in a list of interfaces. */
function* neighboursInInterfaces(text: string): Generator<readonly [Token, Token]> {
  const lexer = new Lexer(new Source(text));
  let isHeader = false; // between `implements` and the fields or the next definition
  let depth = 0;
  for (let token = next(lexer); token.kind !== TokenKind.EOF; token = next(lexer)) {
    if (token.kind === TokenKind.BRACE_L) depth += 1;
    if (token.kind === TokenKind.BRACE_R) depth -= 1;
    if (depth > 0 || token.kind === TokenKind.AT) isHeader = false;
    const previous = lexer.lastToken;
    if (isHeader && token.kind === TokenKind.NAME && previous.kind === TokenKind.NAME) {
      if (previous.value !== 'implements') yield [previous, token];
    }
    if (depth === 0 && token.value === 'implements' && isNameOfType(previous)) isHeader = true;
  }
}

function isNameOfType({ kind, prev }: Token): boolean {
  return kind === TokenKind.NAME && (prev?.value === 'type' || prev?.value === 'interface');
}

/** The next token that counts; text that is none ends the reading, and the parser says where. */
function next(lexer: Lexer): Token {
  try {
    return lexer.advance();
  } catch {
    return END;
  }
}

const END = new Lexer(new Source('')).advance();

/** The place of a comma between two tokens, comments left out. */
function commaBetween(text: string, left: Token, right: Token): number | null {
  const blank = text
    .slice(left.end, right.start)
    .replaceAll(/#[^\n\r]*/g, (comment) => ' '.repeat(comment.length));
  const at = blank.indexOf(',');
  return at < 0 ? null : left.end + at;
}
