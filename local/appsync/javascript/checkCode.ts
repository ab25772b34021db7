import { SourceMap } from 'node:module';
import { parse, type AnyNode, type Node, type Program } from 'acorn';
import { ancestor } from 'acorn-walk';
import type { CodeProblem } from './evaluator.ts';
import { findUndeclared } from './findUndeclared.ts';
import { NODE_RULES, type Finding } from './rules.ts';

/** AppSync's limit of a resolver's or function's code, in characters. */
const LONGEST_CODE = 32_768;
const HANDLERS = ['request', 'response'];

/** What AppSync would refuse in a resolver's code: used at start and by the tests of the project's own resolvers. */
export function checkCode(text: string, file: string): readonly CodeProblem[] {
  const locate = locator(text, file);
  if (text.length > LONGEST_CODE) {
    const message = `The code has ${text.length} characters; ${LONGEST_CODE} are allowed.`;
    return [{ ...locate(0), rule: 'code-too-long', message }];
  }
  let program: Program;
  try {
    program = parse(text, { ecmaVersion: 'latest', sourceType: 'module' });
  } catch (error) {
    const position = error instanceof SyntaxError && 'pos' in error ? Number(error.pos) : 0;
    const message = error instanceof Error ? error.message : String(error);
    return [{ ...locate(position), rule: 'parser-error', message: `${message}.` }];
  }
  const findings = [...findByNode(program), ...findUndeclared(program), ...findMissingHandlers(program)];
  return findings
    .toSorted((left, right) => left.position - right.position)
    .map(({ position, rule, message }) => ({ ...locate(position), rule, message }));
}

function findByNode(program: Program): readonly Finding[] {
  const findings: Finding[] = [];
  const visit = (node: Node, _state: unknown, ancestors: readonly Node[]) => {
    for (const rule of NODE_RULES[node.type] ?? []) {
      const found = rule(node as AnyNode, ancestors);
      if (found !== null) findings.push({ position: node.start, ...found });
    }
  };
  ancestor(program, Object.fromEntries(Object.keys(NODE_RULES).map((type) => [type, visit])));
  return findings;
}

function findMissingHandlers(program: Program): readonly Finding[] {
  const exported = program.body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration') return [];
    const declared =
      statement.declaration?.type === 'FunctionDeclaration' ? [statement.declaration.id.name] : [];
    const variables =
      statement.declaration?.type === 'VariableDeclaration'
        ? statement.declaration.declarations.map(({ id }) => (id.type === 'Identifier' ? id.name : ''))
        : [];
    const named = statement.specifiers.map(({ exported: name }) =>
      name.type === 'Identifier' ? name.name : '',
    );
    return [...declared, ...variables, ...named];
  });
  return HANDLERS.filter((name) => !exported.includes(name)).map((name) => ({
    position: 0,
    rule: 'missing-handler',
    message: `The code exports no function ${name}.`,
  }));
}

type Place = Pick<CodeProblem, 'file' | 'line' | 'column'>;

/** Positions in a bundle, told as positions in the file that it was made from where the bundle carries a source map. */
function locator(text: string, file: string): (position: number) => Place {
  const encoded = /\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)/.exec(text)?.[1];
  const map =
    encoded === undefined ? null : new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')));
  return (position) => {
    const before = text.slice(0, position).split('\n');
    const [line, column] = [before.length, (before.at(-1) ?? '').length + 1];
    const entry = map?.findEntry(line - 1, column - 1);
    if (entry === undefined || !('originalSource' in entry)) return { file, line, column };
    return { file: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  };
}
