import { parse, print, visit } from 'graphql';

/**
 * A schema whose descriptions are comments. AppSync knows no others: with a text before a type or a field the creation of the
 * schema fails (aws-appsync-community issue 38). It shows a comment as the description of what follows, a first space included.
 */
export function describeInComments(schema: string): string {
  const document = visit(parse(schema, { noLocation: true }), {
    StringValue: (node, key) => (key === 'description' ? { ...node, block: true } : undefined),
  });
  return `${print(document).replaceAll(DESCRIPTION, asComment)}\n`;
}

/** As the library prints it: a block string on lines of its own. */
const DESCRIPTION = /^( *)"""([^]*?)"""$/gm;

const asComment = (_all: string, indent: string, text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) => `${indent}#${line.trim()}`)
    .join('\n');
