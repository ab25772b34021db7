import type { AnyNode } from 'acorn';
import type { Code, Finding, RuleName } from '../code.ts';
import { memberName } from '../nodes.ts';

/** Names that AWS's rules or the documentation name themselves. */
export const MISSING: Readonly<Record<string, RuleName>> = { Promise: 'no-promise', Date: 'no-date' };

type Found = Pick<Finding, 'rule' | 'message'> | null;

const refused = (rule: RuleName, what: string, instead?: string) => () => ({
  rule,
  message: `${what} not supported by APPSYNC_JS${instead === undefined ? '' : `: use ${instead}`}.`,
});

/** What the language does not have, by the kind of node: AWS's list of supported features and its lint rules. */
const RULES: Readonly<Record<string, (node: AnyNode) => Found>> = {
  FunctionDeclaration: asynchronous,
  FunctionExpression: asynchronous,
  ArrowFunctionExpression: asynchronous,
  AwaitExpression: refused('no-await', 'await is'),
  ForOfStatement: (node) => ('await' in node && node.await ? refused('no-await', 'for await is')() : null),
  YieldExpression: refused('no-yield', 'yield is'),
  ClassDeclaration: refused('no-classes', 'Classes are'),
  ClassExpression: refused('no-classes', 'Classes are'),
  ThisExpression: refused('no-this', 'this is'),
  TryStatement: refused('no-try', 'try, catch and finally are'),
  ThrowStatement: refused('no-throw', 'throw is', 'util.error'),
  WhileStatement: refused('no-while', 'while is'),
  DoWhileStatement: refused('no-while', 'do while is'),
  ForStatement: refused('no-for', 'for (;;) is', 'for of or for in'),
  ContinueStatement: refused('no-continue', 'continue is'),
  LabeledStatement: refused('no-labels', 'Labels are'),
  DebuggerStatement: refused('no-debugger', 'debugger is'),
  UpdateExpression: refused('no-disallowed-unary-operators', '++ and -- are'),
  UnaryExpression: (node) =>
    'operator' in node && node.operator === '~' ? refused('no-disallowed-unary-operators', '~ is')() : null,
  BinaryExpression: binary,
  NewExpression: (node) => {
    const name = node.type === 'NewExpression' && node.callee.type === 'Identifier' ? node.callee.name : '';
    return refused(MISSING[name] ?? 'no-new', `new ${name} is`)();
  },
  MetaProperty: (node) =>
    node.type === 'MetaProperty' && node.meta.name === 'import'
      ? refused('no-imports', 'import.meta is')()
      : refused('no-new', 'new.target is')(),
  Literal: literal,
  TaggedTemplateExpression: (node) =>
    node.type === 'TaggedTemplateExpression' && !isRaw(node.tag)
      ? refused('no-tagged-templates', 'Tags of templates other than String.raw are')()
      : null,
  Property: (node) =>
    node.type === 'Property' && node.kind !== 'init'
      ? refused('no-accessors', 'Getters and setters are')()
      : null,
  ImportExpression: refused('no-imports', 'import() is'),
};

function asynchronous(node: AnyNode): Found {
  if ('async' in node && node.async) return refused('no-async', 'Async functions are')();
  return 'generator' in node && node.generator ? refused('no-generators', 'Generators are')() : null;
}

function binary(node: AnyNode): Found {
  if (node.type !== 'BinaryExpression') return null;
  if (node.operator === 'in') return refused('no-in-operator', 'The operator in is', 'Object.hasOwn')();
  return node.operator === 'instanceof'
    ? refused('no-disallowed-binary-operators', 'The operator instanceof is')()
    : null;
}

function literal(node: AnyNode): Found {
  if (node.type !== 'Literal') return null;
  if (node.regex !== undefined && node.regex !== null)
    return refused('no-regex', 'Regular expression literals are', 'util.matches')();
  return typeof node.value === 'bigint' ? refused('no-bigint', 'Literals of BigInt are')() : null;
}

function isRaw(tag: AnyNode): boolean {
  return (
    tag.type === 'MemberExpression' &&
    tag.object.type === 'Identifier' &&
    tag.object.name === 'String' &&
    memberName(tag) === 'raw'
  );
}

export function findSyntax({ nodes }: Code): readonly Finding[] {
  return nodes.flatMap((node) => {
    const found = RULES[node.type]?.(node) ?? null;
    return found === null ? [] : [{ position: node.start, ...found }];
  });
}
