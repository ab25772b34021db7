import { parse, type AnyNode, type ImportDeclaration, type Program, type Token } from 'acorn';
import { full } from 'acorn-walk';
import { HANDLERS } from './code.ts';
import { exportedNames } from './nodes.ts';
import { EXPORTED } from './utilities.ts';

/** AppSync's limit for the iterations of a loop. */
const MAX_ITERATIONS = 1_000;
const PROVIDED = 'util, extensions, runtime, console';

/** Text put in the place of other text. `weight` orders edits of one place: what closes comes first, then the outer of what opens. */
type Edit = { readonly at: number; readonly until: number; readonly text: string; readonly weight: number };

export type PreparedCode = {
  /** The source of a function that runs a module and gives back its handlers. No object of a module lives longer than that call. */
  readonly source: string;
  /** Where in the code a place in the source comes from, as offsets. */
  readonly originOf: (offset: number) => number;
};

/**
 * Code as the realm runs it: imports become constants, exports names, every loop counts, and where APPSYNC_JS is another
 * language than JavaScript (`??` runs its right side always, null is undefined) the operator becomes a call.
 */
export function prepareCode(text: string): PreparedCode {
  const tokens: Token[] = [];
  const program = parse(text, { ecmaVersion: 'latest', sourceType: 'module', onToken: tokens });
  const edits: Edit[] = program.body.flatMap(moduleEdits);
  full(program, (node) => {
    edits.push(...loopEdits(node as AnyNode), ...operatorEdits(node as AnyNode, text, tokens));
  });
  const handlers = handlersOf(program).map(([name, local]) => `${name}: ${local}`);
  const { done, originOf } = edited(text, edits);
  // A scope of its own: a module may call something of its own `runtime`.
  const head = `'use strict';(({ ${PROVIDED}, ${HELPERS} }) => (() => {`;
  return {
    source: `${head}${done}\nreturn { ${handlers.join(', ')} };\n})())`,
    originOf: (offset) => originOf(offset - head.length),
  };
}

const HELPERS = 'tooManyIterations: $$tooMany, either: $$either, same: $$same, comparable: $$comparable';

function moduleEdits(node: Program['body'][number]): readonly Edit[] {
  const replaced = (until: number, text: string): readonly Edit[] => [
    { at: node.start, until, text, weight: 0 },
  ];
  if (node.type === 'ImportDeclaration') return replaced(node.end, importedNames(node));
  if (node.type === 'ExportDefaultDeclaration') {
    const { declaration } = node;
    const isNamed = 'id' in declaration && declaration.id !== null;
    return replaced(declaration.start, isNamed ? '' : 'void ');
  }
  if (node.type !== 'ExportNamedDeclaration') return [];
  const { declaration } = node;
  return replaced(declaration ? declaration.start : node.end, '');
}

/** Everything comes from `@aws-appsync/utils`, whose exports are globals here. */
function importedNames({ specifiers }: ImportDeclaration): string {
  return specifiers
    .map((each) => {
      if (each.type !== 'ImportSpecifier') return `const ${each.local.name} = { util, extensions, runtime };`;
      const imported = each.imported.type === 'Identifier' ? each.imported.name : String(each.imported.value);
      return imported === each.local.name || !EXPORTED.includes(imported)
        ? ''
        : `const ${each.local.name} = ${imported};`;
    })
    .join('');
}

type Place = { readonly start: number; readonly end: number };

/** Text before and after a node. */
function around({ start, end }: Place, before: string, after: string): readonly Edit[] {
  const size = end - start;
  return [
    { at: start, until: start, text: before, weight: MAX_NODE_CHARACTERS - size },
    { at: end, until: end, text: after, weight: size - MAX_NODE_CHARACTERS },
  ];
}

const MAX_NODE_CHARACTERS = 1_000_000; // code has at most 32,768

function loopEdits(node: AnyNode): readonly Edit[] {
  if (node.type !== 'ForOfStatement' && node.type !== 'ForInStatement') return [];
  const count = `$$count${node.start}`;
  return [
    ...around(node, `{let ${count}=0;`, '}'),
    ...around(node.body, `{if((${count}+=1)>${MAX_ITERATIONS})$$tooMany();`, '}'),
  ];
}

/** AppSync runs the right side of `??` always (aws-appsync-community 403) and takes null for undefined (305). */
function operatorEdits(node: AnyNode, text: string, tokens: readonly Token[]): readonly Edit[] {
  switch (node.type) {
    case 'LogicalExpression':
      return node.operator === '??' ? asCall('$$either(', node, tokens) : [];
    case 'BinaryExpression':
      if (node.operator === '===') return asCall('$$same(', node, tokens);
      return node.operator === '!==' ? asCall('!$$same(', node, tokens) : [];
    case 'AssignmentExpression': {
      if (node.operator !== '??=' || !isPath(node.left)) return [];
      const { at, until } = operatorBetween(node.left, tokens);
      const left = text.slice(node.left.start, node.left.end);
      return [{ at, until, text: `=$$either(${left},`, weight: 0 }, ...around(node, '', ')')];
    }
    case 'SwitchStatement':
      return [
        ...around(node.discriminant, '$$comparable(', ')'),
        ...node.cases.flatMap(({ test }) => (test ? around(test, '$$comparable(', ')') : [])),
      ];
    default:
      return [];
  }
}

/** A name or members of one, which can be read twice. */
function isPath(node: AnyNode): boolean {
  if (node.type === 'MemberExpression')
    return isPath(node.object) && (!node.computed || isPath(node.property));
  return node.type === 'Identifier' || node.type === 'Literal';
}

type Operation = Place & { readonly left: Place };

/** `left operator right` as `name(left,right)`. */
function asCall(name: string, node: Operation, tokens: readonly Token[]): readonly Edit[] {
  return [...around(node, name, ')'), { ...operatorBetween(node.left, tokens), text: ',', weight: 0 }];
}

/** The operator behind a node; parentheses that close are passed over. */
function operatorBetween(
  { end }: Place,
  tokens: readonly Token[],
): { readonly at: number; readonly until: number } {
  let index = firstFrom(tokens, end);
  while (tokens[index]?.type.label === ')') index += 1;
  const token = tokens[index];
  return token === undefined ? { at: end, until: end } : { at: token.start, until: token.end };
}

/** The index of the first token that begins at a position or behind it. */
function firstFrom(tokens: readonly Token[], position: number): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? Infinity) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

function handlersOf(program: Program): readonly (readonly [string, string])[] {
  return program.body
    .flatMap((node) => (node.type === 'ExportNamedDeclaration' ? exportedNames(node) : []))
    .filter(([name]) => HANDLERS.includes(name));
}

type Edited = { readonly done: string; readonly originOf: (offset: number) => number };

function edited(text: string, edits: readonly Edit[]): Edited {
  let done = '';
  let from = 0;
  /** Where kept text begins: in what was made, and in the code. */
  const kept: { readonly at: number; readonly origin: number }[] = [];
  for (const { at, until, text: put } of inOrder(edits)) {
    kept.push({ at: done.length, origin: from });
    done += text.slice(from, at) + put;
    from = Math.max(from, until);
  }
  kept.push({ at: done.length, origin: from });
  return {
    done: done + text.slice(from),
    originOf: (offset) => {
      const last = kept.findLast(({ at }) => at <= offset) ?? { at: 0, origin: 0 };
      return Math.min(last.origin + offset - last.at, text.length);
    },
  };
}

function inOrder(edits: readonly Edit[]): readonly Edit[] {
  return edits.toSorted((left, right) => left.at - right.at || left.weight - right.weight);
}
