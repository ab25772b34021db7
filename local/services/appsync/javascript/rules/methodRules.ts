import type { AnyNode } from 'acorn';
import { functionsOf, knownMemberName, type Code, type Finding } from '../code.ts';
import { memberName } from '../nodes.ts';
import type { Declaration } from '../scopes.ts';

const words = (text: string) => new Set(text.split(' '));

/** Methods that AppSync does not have, whatever they are called on. */
const NOWHERE = words(
  'apply bind call copyWithin group groupToMap charCodeAt localeCompare matchAll padEnd padStart repeat search toLocaleLowerCase toLocaleUpperCase',
);
/** Functions of a global object that AppSync does not have. */
const STATICS: Readonly<Record<string, ReadonlySet<string>>> = {
  Object: words(
    'create defineProperties defineProperty freeze getOwnPropertyDescriptor getOwnPropertyDescriptors getOwnPropertyNames getOwnPropertySymbols getPrototypeOf hasOwnProperty is isExtensible isFrozen isPrototypeOf isSealed preventExtensions propertyIsEnumerable seal setPrototypeOf toLocaleString toString valueOf',
  ),
  Array: words('from fromAsync of'),
  String: words('fromCharCode fromCodePoint'),
};
/** Methods that other values may have, too: refused where the value is known. */
const OF_KIND: Readonly<Record<'array' | 'text', ReadonlySet<string>>> = {
  array: words('entries keys values toString toLocaleString'),
  text: words('valueOf'),
};
const MAKE_ARRAYS = words('map filter flat flatMap splice reverse split');

/** Methods and functions of the standard library that APPSYNC_JS does not have (`no-disallowed-methods` of AWS's lint rules). */
export function findMethods(code: Code): readonly Finding[] {
  const taken = takenMethods(code);
  return code.nodes.flatMap((node) => {
    const names = [
      ...disallowed(code, node),
      ...takenStatics(code, node),
      ...(node.type === 'CallExpression' ? calledByAlias(code, node.callee, taken) : []),
    ];
    return names.map((name) => ({
      position: node.start,
      rule: 'no-disallowed-methods' as const,
      message: `The method ${name} is not supported by APPSYNC_JS.`,
    }));
  });
}

function disallowed(code: Code, node: AnyNode): readonly string[] {
  const name = knownMemberName(code, node);
  if (node.type !== 'MemberExpression' || name === null) return [];
  const { object } = node;
  const global = globalOf(code, object);
  if (STATICS[global]?.has(name) === true) return [`${global}.${name}`];
  const parent = code.parentOf(node);
  if (parent?.type !== 'CallExpression' || parent.callee !== node) return [];
  if (name === 'sort')
    return parent.arguments.every((each) => functionsOf(code, each).length > 0)
      ? []
      : ['sort with arguments'];
  const kind = kindOf(code, object);
  if (kind === 'object') return [];
  return NOWHERE.has(name) || (kind !== null && OF_KIND[kind].has(name)) ? [name] : [];
}

/** The name of the global object that an expression stands for, also through constants; else a blank one. */
function globalOf(code: Code, node: AnyNode): string {
  if (node.type !== 'Identifier') return '';
  const declaration = code.declarationOf(node);
  if (declaration === null) return node.name;
  return declaration.kind === 'const' && declaration.value !== null ? globalOf(code, declaration.value) : '';
}

/** `const { create } = Object`. */
function takenStatics(code: Code, node: AnyNode): readonly string[] {
  if (node.type !== 'VariableDeclarator' || !node.init) return [];
  const global = globalOf(code, node.init);
  return patternKeys(node.id)
    .filter(([key]) => STATICS[global]?.has(key) === true)
    .map(([key]) => `${global}.${key}`);
}

/** What `const { repeat: again } = text` declares, with the method's name. */
function takenMethods(code: Code): ReadonlyMap<Declaration, string> {
  const taken = new Map<Declaration, string>();
  for (const node of code.nodes) {
    if (node.type !== 'VariableDeclarator') continue;
    for (const [key, local] of patternKeys(node.id)) {
      const declaration = local.type === 'Identifier' ? code.declarationOf(local) : null;
      if (declaration !== null && NOWHERE.has(key)) taken.set(declaration, key);
    }
  }
  return taken;
}

function patternKeys(pattern: AnyNode): readonly (readonly [string, AnyNode])[] {
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap((property) => {
    if (property.type !== 'Property') return [];
    const { key, value } = property;
    const name =
      key.type === 'Identifier' && !property.computed
        ? key.name
        : key.type === 'Literal'
          ? String(key.value)
          : null;
    return name === null ? [] : [[name, value] as const];
  });
}

/** `const again = text.repeat; again(2)`. */
function calledByAlias(
  code: Code,
  callee: AnyNode,
  taken: ReadonlyMap<Declaration, string>,
): readonly string[] {
  const declaration = callee.type === 'Identifier' ? code.declarationOf(callee) : null;
  if (declaration === null) return [];
  const own = declaration.value === null ? null : knownMemberName(code, declaration.value);
  const name = taken.get(declaration) ?? own;
  return name !== null && NOWHERE.has(name) ? [name] : [];
}

type Kind = 'array' | 'text' | 'object';

/** What an expression certainly is; null where the text does not tell. */
function kindOf(code: Code, node: AnyNode): Kind | null {
  switch (node.type) {
    case 'ArrayExpression':
      return 'array';
    case 'TemplateLiteral':
      return 'text';
    case 'Literal':
      return typeof node.value === 'string' ? 'text' : null;
    case 'ObjectExpression':
      return 'object';
    case 'Identifier': {
      const declaration = code.declarationOf(node);
      return declaration?.kind === 'const' && declaration.value !== null
        ? kindOf(code, declaration.value)
        : null;
    }
    case 'CallExpression':
      return callKind(node.callee);
    default:
      return null;
  }
}

function callKind(callee: AnyNode): Kind | null {
  const name = memberName(callee) ?? '';
  const isObject =
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Object' &&
    ['keys', 'values', 'entries'].includes(name);
  return isObject || MAKE_ARRAYS.has(name) ? 'array' : null;
}
