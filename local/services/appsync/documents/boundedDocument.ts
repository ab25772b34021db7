import { GraphQLError, Kind, visit, type DocumentNode, type SelectionSetNode } from 'graphql';

const MAX_FRAGMENTS = 500;
const MAX_FIELDS_PER_NAME = 500;

/**
 * Comparing fields that may merge costs their number squared: a bound for what validation is asked to compare,
 * far above what people write.
 */
export function refuseUnbounded(document: DocumentNode): readonly GraphQLError[] {
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  if (fragments.length > MAX_FRAGMENTS)
    return [new GraphQLError(`The document has more than ${MAX_FRAGMENTS} fragments.`)];
  const errors: GraphQLError[] = [];
  visit(document, { SelectionSet: (set) => void errors.push(...crowded(set)) });
  return errors.slice(0, 1);
}

function crowded(set: SelectionSetNode): readonly GraphQLError[] {
  if (set.selections.length <= MAX_FIELDS_PER_NAME) return [];
  const counts = new Map<string, number>();
  for (const selection of set.selections) {
    const name =
      selection.kind === Kind.FIELD ? (selection.alias ?? selection.name).value : `...${selection.kind}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Math.max(...counts.values()) > MAX_FIELDS_PER_NAME
    ? [
        new GraphQLError(`A selection names one field more than ${MAX_FIELDS_PER_NAME} times.`, {
          nodes: [set],
        }),
      ]
    : [];
}
