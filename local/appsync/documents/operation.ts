import {
  Kind,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { ErrorShape } from '../execution/formatError.ts';

/** One operation of a validated document, with what is worth knowing before it runs. */
export type Operation = {
  readonly document: DocumentNode;
  readonly node: OperationDefinitionNode;
  readonly name: string | undefined;
  readonly type: OperationDefinitionNode['operation'];
  /** Levels of nested fields; introspection does not count. */
  readonly depth: number;
  /** The fields of the operation's root, by the keys that they have in the result. */
  readonly rootFields: readonly RootField[];
  /** Tells operations apart for as long as their document is kept. */
  readonly id: string;
  /** Whether anything but the arguments of the root fields depends on variables. */
  readonly variablesShapeResult: boolean;
};

export type RootField = { readonly key: string; readonly name: string };

export type CachedDocument =
  | { readonly kind: 'unparsable'; readonly message: string }
  | { readonly kind: 'invalid'; readonly errors: readonly ErrorShape[] }
  | { readonly kind: 'ready'; readonly operations: readonly Operation[] };

export function operationsOf(document: DocumentNode, documentId: number): readonly Operation[] {
  const fragments = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  return document.definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map((node, index) => ({
      document,
      node,
      name: node.name?.value,
      type: node.operation,
      depth: createDepth(fragments)(node.selectionSet),
      rootFields: rootFields(fragments, node.selectionSet),
      id: `${documentId}.${index}`,
      variablesShapeResult: variablesShapeResult(document, node),
    }));
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function rootFields(fragments: Fragments, root: SelectionSetNode): readonly RootField[] {
  const fields = new Map<string, RootField>();
  const walked = new Set<string>();
  const walk = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet);
      else if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        fields.set(key, { key, name: selection.name.value });
      } else if (!walked.has(selection.name.value)) {
        walked.add(selection.name.value);
        walk(fragments.get(selection.name.value)?.selectionSet);
      }
    }
  };
  walk(root);
  return [...fields.values()];
}

/** Fragments are measured once each; validation has refused cycles. */
function createDepth(fragments: Fragments): (set: SelectionSetNode) => number {
  const measured = new Map<string, number>();
  const fragmentDepth = (name: string): number => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    const set = fragments.get(name)?.selectionSet;
    const depth = set === undefined ? 0 : depthOf(set);
    measured.set(name, depth);
    return depth;
  };
  const depthOf = (set: SelectionSetNode): number =>
    set.selections.reduce((deepest, selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD)
        return Math.max(deepest, fragmentDepth(selection.name.value));
      if (selection.kind === Kind.INLINE_FRAGMENT) return Math.max(deepest, depthOf(selection.selectionSet));
      if (selection.name.value.startsWith('__')) return deepest;
      return Math.max(deepest, 1 + (selection.selectionSet ? depthOf(selection.selectionSet) : 0));
    }, 0);
  return depthOf;
}

function variablesShapeResult(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  let found = false;
  const look = (from: DocumentNode | SelectionSetNode) =>
    visit(from, { VariableDefinition: () => false, Variable: () => void (found = true) });
  for (const selection of operation.selectionSet.selections) {
    if (selection.kind !== Kind.FIELD || (selection.directives ?? []).length > 0) return true;
    if (selection.selectionSet) look(selection.selectionSet);
  }
  look({
    kind: Kind.DOCUMENT,
    definitions: document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION),
  });
  return found;
}
