import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { ErrorShape } from '../execution/formatError.ts';

/** One operation of a validated document, with what is worth knowing before it runs. */
export type Operation = {
  readonly document: DocumentNode;
  readonly node: OperationDefinitionNode;
  readonly name: string | undefined;
  readonly type: OperationDefinitionNode['operation'];
  /** The fields of the operation's root, by the keys that they have in the result. */
  readonly rootFields: readonly RootField[];
  /** Whether anything but the arguments of the root fields depends on variables. */
  readonly variablesShapeResult: boolean;
};

export type RootField = { readonly key: string; readonly name: string };

export type CachedDocument =
  | { readonly kind: 'unparsable'; readonly message: string }
  | { readonly kind: 'invalid'; readonly errors: readonly ErrorShape[] }
  | { readonly kind: 'ready'; readonly operations: readonly Operation[] };

export function operationsOf(document: DocumentNode): readonly Operation[] {
  const fragments = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  return document.definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map((node) => ({
      document,
      node,
      name: node.name?.value,
      type: node.operation,
      rootFields: rootFields(fragments, node.selectionSet),
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

/** The operation that is meant, or why none is. An empty name counts as none, as in graphql-java. */
export function chooseOperation(operations: readonly Operation[], name: string | null): Operation | string {
  const [first, second] = operations;
  if (first === undefined) return 'Unable to parse GraphQL query.';
  if (name !== null && name !== '')
    return operations.find((operation) => operation.name === name) ?? `Unknown operation named '${name}'.`;
  return second === undefined ? first : 'Missing operation name.';
}
