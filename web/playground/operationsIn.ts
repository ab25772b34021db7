export type Operation = {
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly name: string | null;
};

/** What must not be taken for an operation: comments and texts. */
const SKIPPED = /"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*/g;
const PARTS = /[{}]|\b(query|mutation|subscription)\b(?:\s+([A-Za-z_]\w*))?/g;

/** The operations of a document, in order, told without a parser. */
export function operationsIn(document: string): readonly Operation[] {
  const operations: Operation[] = [];
  let depth = 0;
  for (const [part, type, name] of document.replaceAll(SKIPPED, ' ').matchAll(PARTS)) {
    if (part === '{') depth += 1;
    else if (part === '}') depth -= 1;
    else if (depth === 0 && isOperationType(type)) operations.push({ type, name: name ?? null });
  }
  return operations;
}

function isOperationType(word: string | undefined): word is Operation['type'] {
  return word === 'query' || word === 'mutation' || word === 'subscription';
}
