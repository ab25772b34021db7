import type { AnyNode } from 'acorn';
import { functionsOf, type Code, type Finding } from '../code.ts';
import { memberName } from '../nodes.ts';

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
  return code.nodes.flatMap((node) => {
    const name = disallowed(code, node);
    if (name === null) return [];
    const message = `The method ${name} is not supported by APPSYNC_JS.`;
    return [{ position: node.start, rule: 'no-disallowed-methods', message }];
  });
}

function disallowed(code: Code, node: AnyNode): string | null {
  const name = memberName(node);
  if (node.type !== 'MemberExpression' || name === null) return null;
  const { object } = node;
  const global = object.type === 'Identifier' && code.declarationOf(object) === null ? object.name : '';
  if (STATICS[global]?.has(name) === true) return `${global}.${name}`;
  const parent = code.parentOf(node);
  if (parent?.type !== 'CallExpression' || parent.callee !== node) return null;
  if (name === 'sort')
    return parent.arguments.every((each) => functionsOf(code, each).length > 0)
      ? null
      : 'sort with arguments';
  const kind = kindOf(code, object);
  if (kind === 'object') return null;
  return NOWHERE.has(name) || (kind !== null && OF_KIND[kind].has(name)) ? name : null;
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
