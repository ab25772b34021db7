import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  Kind,
  print,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

export type SelectionTexts = { readonly list: readonly string[]; readonly graphql: string };

/** Documents are kept, and so is what is said about their fields. */
const known = new WeakMap<FieldNode, SelectionTexts>();

/** The selection below a field in the two forms of `ctx.info`. */
export function selectionTexts(info: GraphQLResolveInfo): SelectionTexts {
  const [node, other] = info.fieldNodes;
  const kept = node && other === undefined ? known.get(node) : undefined;
  if (kept !== undefined) return kept;
  const texts = { list: selectionSetList(info), graphql: selectionSetGraphQL(info) };
  if (node && other === undefined) known.set(node, texts);
  return texts;
}

/**
 * `info.selectionSetList`: every field below the resolved one, as `a/b`, aliases shown as they are. Of an interface or a
 * union only the fields that are its own, not those of the types behind it.
 */
function selectionSetList({ fieldNodes, fragments, returnType }: GraphQLResolveInfo): readonly string[] {
  const names = new Set<string>();
  const walk = (set: SelectionSetNode | undefined, type: GraphQLNamedType, prefix: string) => {
    for (const selection of set?.selections ?? []) visit(selection, type, prefix);
  };
  const visit = (selection: SelectionNode, type: GraphQLNamedType, prefix: string) => {
    if (selection.kind !== Kind.FIELD) {
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value] : selection;
      if (fragment && isOwn(type, fragment.typeCondition?.name.value))
        walk(fragment.selectionSet, type, prefix);
      return;
    }
    const name = prefix + (selection.alias ?? selection.name).value;
    names.add(name);
    const field = 'getFields' in type ? type.getFields()[selection.name.value] : undefined;
    if (field) walk(selection.selectionSet, getNamedType(field.type), `${name}/`);
  };
  for (const { selectionSet } of fieldNodes) walk(selectionSet, getNamedType(returnType), '');
  return [...names];
}

/** Whether what a fragment selects belongs to the type itself. */
function isOwn(type: GraphQLNamedType, condition: string | undefined): boolean {
  if (condition === undefined || condition === type.name || !isAbstractType(type)) return true;
  return isInterfaceType(type) && type.getInterfaces().some(({ name }) => name === condition);
}

/** `info.selectionSetGraphQL`: the selection as the client wrote it. */
function selectionSetGraphQL({ fieldNodes }: GraphQLResolveInfo): string {
  return fieldNodes.flatMap(({ selectionSet }) => (selectionSet ? [print(selectionSet)] : [])).join('\n');
}

/** `data` of an error shows only what the query selects; a scalar field's is shown as it is. */
export function selectedOnly(data: unknown, info: GraphQLResolveInfo): unknown {
  const isLeaf = !('getFields' in getNamedType(info.returnType));
  if (isLeaf || typeof data !== 'object' || data === null) return data ?? null;
  return filtered(
    data,
    info,
    info.fieldNodes.map(({ selectionSet }) => selectionSet),
  );
}

type Sets = readonly (SelectionSetNode | undefined)[];

function filtered(data: unknown, info: GraphQLResolveInfo, sets: Sets): unknown {
  if (Array.isArray(data)) return data.map((item) => filtered(item, info, sets));
  if (typeof data !== 'object' || data === null) return data;
  const kept: Record<string, unknown> = {};
  for (const { name, alias, sets: below } of fieldsOf(info, sets)) {
    if (!Object.hasOwn(data, name)) continue;
    const value: unknown = Reflect.get(data, name);
    kept[alias] = below.some((set) => set !== undefined) ? filtered(value, info, below) : value;
  }
  return kept;
}

type Field = { readonly name: string; readonly alias: string; readonly sets: Sets };

function fieldsOf(info: GraphQLResolveInfo, sets: Sets): readonly Field[] {
  return sets.flatMap((set) =>
    (set?.selections ?? []).flatMap((selection) => fieldsOfSelection(info, selection)),
  );
}

function fieldsOfSelection(info: GraphQLResolveInfo, selection: SelectionNode): readonly Field[] {
  if (selection.kind === Kind.FRAGMENT_SPREAD)
    return fieldsOf(info, [info.fragments[selection.name.value]?.selectionSet]);
  if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(info, [selection.selectionSet]);
  const name = selection.name.value;
  return [{ name, alias: selection.alias?.value ?? name, sets: [selection.selectionSet] }];
}
