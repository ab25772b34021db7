import { parse, type AnyNode, type ImportDeclaration, type Program } from 'acorn';
import { full } from 'acorn-walk';
import { HANDLERS } from './code.ts';
import { exportedNames } from './nodes.ts';
import { EXPORTED } from './utilities.ts';

/** AppSync's limit for the iterations of a loop. */
const MAX_ITERATIONS = 1_000;
const PROVIDED = 'util, extensions, runtime, console';

type Edit = { readonly at: number; readonly until: number; readonly text: string };

/**
 * The source of a function that runs a module and gives back its handlers: imports become constants, exports names, and
 * every loop counts. No object of a module lives longer than that call.
 */
export function prepareCode(text: string): string {
  const program = parse(text, { ecmaVersion: 'latest', sourceType: 'module' });
  const edits: Edit[] = program.body.flatMap(moduleEdits);
  full(program, (node) => {
    edits.push(...loopEdits(node as AnyNode));
  });
  const handlers = handlersOf(program).map(([name, local]) => `${name}: ${local}`);
  // A scope of its own: a module may call something of its own `runtime`.
  return `'use strict';(({ ${PROVIDED}, tooManyIterations: $$tooMany }) => (() => {${edited(text, edits)}
return { ${handlers.join(', ')} };
})())`;
}

function moduleEdits(node: Program['body'][number]): readonly Edit[] {
  if (node.type === 'ImportDeclaration')
    return [{ at: node.start, until: node.end, text: importedNames(node) }];
  if (node.type === 'ExportDefaultDeclaration') {
    const { declaration } = node;
    const isNamed = 'id' in declaration && declaration.id !== null;
    return [{ at: node.start, until: declaration.start, text: isNamed ? '' : 'void ' }];
  }
  if (node.type !== 'ExportNamedDeclaration') return [];
  const { declaration } = node;
  return [{ at: node.start, until: declaration ? declaration.start : node.end, text: '' }];
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

function loopEdits(node: AnyNode): readonly Edit[] {
  if (node.type !== 'ForOfStatement' && node.type !== 'ForInStatement') return [];
  const { start, end, body } = node;
  const count = `$$count${start}`;
  const insert = (at: number, text: string): Edit => ({ at, until: at, text });
  return [
    insert(start, `{let ${count}=0;`),
    insert(body.start, `{if((${count}+=1)>${MAX_ITERATIONS})$$tooMany();`),
    insert(body.end, '}'),
    insert(end, '}'),
  ];
}

function handlersOf(program: Program): readonly (readonly [string, string])[] {
  return program.body
    .flatMap((node) => (node.type === 'ExportNamedDeclaration' ? exportedNames(node) : []))
    .filter(([name]) => HANDLERS.includes(name));
}

function edited(text: string, edits: readonly Edit[]): string {
  let done = '';
  let from = 0;
  // Insertions at one place keep their order: an inner loop's brace closes before the outer one's.
  for (const { at, until, text: put } of inOrder(edits)) {
    done += text.slice(from, at) + put;
    from = Math.max(from, until);
  }
  return done + text.slice(from);
}

function inOrder(edits: readonly Edit[]): readonly Edit[] {
  return edits.toSorted((left, right) => left.at - right.at);
}
