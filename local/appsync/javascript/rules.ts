import type { AnyNode, Node } from 'acorn';

export type Finding = { readonly position: number; readonly rule: string; readonly message: string };
type Found = Pick<Finding, 'rule' | 'message'> | null;
type Rule = (node: AnyNode, ancestors: readonly Node[]) => Found;

const refused =
  (rule: string, what: string): Rule =>
  () => ({ rule, message: `${what} not supported by APPSYNC_JS.` });

const asynchronous: Rule = (node) => {
  if ('async' in node && node.async)
    return { rule: 'no-async', message: 'Async functions are not supported by APPSYNC_JS.' };
  if ('generator' in node && node.generator) {
    return { rule: 'no-generators', message: 'Generators are not supported by APPSYNC_JS.' };
  }
  return null;
};

const UNARY: Readonly<Record<string, string>> = { '~': 'no-disallowed-unary-operators' };
const METHODS = new Set(['apply', 'bind', 'call']);

const memberCall: Rule = (node) => {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return null;
  const { property, object } = node.callee;
  const name = property.type === 'Identifier' ? property.name : '';
  if (METHODS.has(name))
    return { rule: 'no-disallowed-methods', message: `The method ${name} is not supported by APPSYNC_JS.` };
  if (name === 'sort' && node.arguments.length > 0) {
    return { rule: 'no-disallowed-methods', message: 'sort with a function is not supported by APPSYNC_JS.' };
  }
  if (object.type === 'Identifier' && object.name === 'Date' && name === 'now') {
    return { rule: 'no-date', message: 'Date is not supported by APPSYNC_JS: use util.time.' };
  }
  return null;
};

const recursion: Rule = (node, ancestors) => {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return null;
  const { name } = node.callee;
  const isInside = ancestors.some((outer) => ownName(outer) === name);
  return isInside
    ? { rule: 'no-recursion', message: `The function ${name} calls itself, which APPSYNC_JS does not allow.` }
    : null;
};

function ownName(node: Node): string | null {
  const any = node as AnyNode;
  if (any.type === 'FunctionDeclaration') return any.id?.name ?? null;
  const isFunction = any.type === 'VariableDeclarator' && any.init?.type.includes('Function');
  return isFunction && any.id.type === 'Identifier' ? any.id.name : null;
}

const functionReturn: Rule = (node) => {
  if (node.type !== 'ReturnStatement' || !node.argument?.type.includes('FunctionExpression')) return null;
  return { rule: 'no-function-return', message: 'Returning a function is not supported by APPSYNC_JS.' };
};

const functionPassing: Rule = (node) => {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return null;
  const passed = node.arguments.some(({ type }) => type.includes('FunctionExpression'));
  return passed
    ? {
        rule: 'no-function-passing',
        message: 'Passing a function to a function of your own is not supported by APPSYNC_JS.',
      }
    : null;
};

const imports: Rule = (node) => {
  if (node.type !== 'ImportDeclaration') return null;
  const source = String(node.source.value);
  if (source === '@aws-appsync/utils') return null;
  if (/^@aws-appsync\/utils\/(?:dynamodb|rds|xml)$/.test(source)) {
    return { rule: 'not-supported-locally', message: `${source} is not supported locally.` };
  }
  return {
    rule: 'no-imports',
    message: `Only @aws-appsync/utils can be imported, not ${source}: bundle the code.`,
  };
};

const utilPart: Rule = (node) => {
  if (
    node.type !== 'MemberExpression' ||
    node.object.type !== 'Identifier' ||
    node.property.type !== 'Identifier'
  )
    return null;
  const { name } = node.property;
  const isUtil = /^util\d*$/.test(node.object.name) && ['dynamodb', 'rds', 'xml'].includes(name);
  return isUtil ? { rule: 'not-supported-locally', message: `util.${name} is not supported locally.` } : null;
};

const contextReassign: Rule = (node) => {
  if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression') return null;
  const { object, property } = node.left;
  const isContext = object.type === 'Identifier' && /^(?:ctx|context)$/.test(object.name);
  const name = property.type === 'Identifier' ? property.name : '';
  if (!isContext || !['args', 'arguments', 'stash'].includes(name)) return null;
  return { rule: 'no-reassign', message: `ctx.${name} cannot be reassigned; its properties can.` };
};

/** What the language does not have, by the kind of node (AWS's list of supported features and its lint rules). */
export const NODE_RULES: Readonly<Record<string, readonly Rule[]>> = {
  FunctionDeclaration: [asynchronous],
  FunctionExpression: [asynchronous],
  ArrowFunctionExpression: [asynchronous],
  AwaitExpression: [refused('no-await', 'await is')],
  YieldExpression: [refused('no-yield', 'yield is')],
  ClassDeclaration: [refused('no-classes', 'Classes are')],
  ClassExpression: [refused('no-classes', 'Classes are')],
  ThisExpression: [refused('no-this', 'this is')],
  TryStatement: [refused('no-try', 'try, catch and finally are')],
  ThrowStatement: [refused('no-throw', 'throw is (use util.error)')],
  WhileStatement: [refused('no-while', 'while is')],
  DoWhileStatement: [refused('no-while', 'do while is')],
  ForStatement: [refused('no-for', 'for (;;) is (use for of or for in)')],
  ForOfStatement: [
    (node) =>
      'await' in node && node.await
        ? { rule: 'no-await', message: 'for await is not supported by APPSYNC_JS.' }
        : null,
  ],
  ContinueStatement: [refused('no-continue', 'continue is')],
  LabeledStatement: [refused('no-labels', 'Labels are')],
  WithStatement: [refused('no-with', 'with is')],
  DebuggerStatement: [refused('no-debugger', 'debugger is')],
  UpdateExpression: [refused('no-disallowed-unary-operators', '++ and -- are')],
  UnaryExpression: [
    (node) => {
      const rule = node.type === 'UnaryExpression' ? UNARY[node.operator] : undefined;
      return rule === undefined ? null : { rule, message: '~ is not supported by APPSYNC_JS.' };
    },
  ],
  BinaryExpression: [
    (node) =>
      node.type === 'BinaryExpression' && node.operator === 'in'
        ? {
            rule: 'no-in-operator',
            message: 'The operator in is not supported by APPSYNC_JS (use Object.hasOwn).',
          }
        : null,
  ],
  NewExpression: [
    (node) => {
      const name = node.type === 'NewExpression' && node.callee.type === 'Identifier' ? node.callee.name : '';
      return {
        rule: name === 'Promise' ? 'no-promise' : 'no-new',
        message: `new ${name} is not supported by APPSYNC_JS.`,
      };
    },
  ],
  Literal: [
    (node) =>
      node.type === 'Literal' && node.regex !== undefined && node.regex !== null
        ? {
            rule: 'no-regex',
            message: 'Regular expression literals are not supported by APPSYNC_JS (use util.matches).',
          }
        : null,
  ],
  ImportExpression: [refused('no-imports', 'import() is')],
  ImportDeclaration: [imports],
  MemberExpression: [utilPart],
  AssignmentExpression: [contextReassign],
  ReturnStatement: [functionReturn],
  CallExpression: [memberCall, recursion, functionPassing],
};
