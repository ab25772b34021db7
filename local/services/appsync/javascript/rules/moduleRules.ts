import type { AnyNode, ImportDeclaration } from 'acorn';
import { HANDLERS, type Code, type Finding } from '../code.ts';
import { EXPORTED } from '../utilities.ts';

const PACKAGE = '@aws-appsync/utils';

type Found = Omit<Finding, 'position'>;

/** What may be imported, and what has to be exported. */
export function findModuleUse(code: Code): readonly Finding[] {
  const uses = code.program.body.flatMap((node) =>
    moduleUse(node).map((found) => ({ position: node.start, ...found })),
  );
  return [...uses, ...findMissingHandlers(code)];
}

function moduleUse(node: AnyNode): readonly Found[] {
  if (node.type === 'ImportDeclaration') return imported(node);
  const isFrom = node.type === 'ExportAllDeclaration' || node.type === 'ExportNamedDeclaration';
  if (!isFrom || !node.source) return [];
  const message = `Nothing can be exported from ${String(node.source.value)}: bundle the code.`;
  return [{ rule: 'no-imports', message }];
}

function imported({ source, specifiers }: ImportDeclaration): readonly Found[] {
  const from = String(source.value);
  if (/^@aws-appsync\/utils\/(?:ai|dynamodb|rds|xml)$/.test(from))
    return [{ rule: 'not-supported-locally', message: `${from} is not supported locally.` }];
  if (from !== PACKAGE) {
    const message = `Only ${PACKAGE} can be imported, not ${from}: bundle the code.`;
    return [{ rule: 'no-imports', message }];
  }
  return specifiers.flatMap((each) => {
    if (each.type === 'ImportNamespaceSpecifier') return [];
    const name = each.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(each.imported);
    const message = `${PACKAGE} exports ${EXPORTED.join(', ')}, not ${name}.`;
    return EXPORTED.includes(name) ? [] : [{ rule: 'no-imports', message }];
  });
}

function nameOf(node: AnyNode): string {
  return node.type === 'Identifier' ? node.name : node.type === 'Literal' ? String(node.value) : '';
}

function findMissingHandlers({ handlers }: Code): readonly Finding[] {
  return HANDLERS.filter((name) => !handlers.has(name)).map((name) => ({
    position: 0,
    rule: 'missing-handler',
    message: `The code exports no function ${name}.`,
  }));
}
