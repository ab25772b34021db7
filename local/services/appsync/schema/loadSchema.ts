import {
  buildASTSchema,
  GraphQLError,
  GraphQLSchema,
  Kind,
  parse,
  validateSchema,
  type DefinitionNode,
  type DocumentNode,
} from 'graphql';
import { ApiRefused } from '../errors.ts';
import { MAX_SCHEMA_BYTES } from '../limits.ts';
import { LIBRARY_DIRECTIVES, readSchema, SchemaRefused } from './dialect.ts';
import { PRELUDE } from './prelude.ts';
import { installScalars } from './scalars.ts';

export type LoadedSchema = {
  readonly schema: GraphQLSchema;
  /** What AppSync takes but changes or ignores, one sentence each. */
  readonly warnings: readonly string[];
};

const prelude = parse(PRELUDE);
const preludeNames = new Set(prelude.definitions.map(definedName));

/** The schema with AppSync's scalars and directives; null when the API declares none. Throws ApiRefused. */
export function loadSchema(text: string): LoadedSchema | null {
  if (text.trim() === '') return null;
  if (Buffer.byteLength(text) > MAX_SCHEMA_BYTES)
    throw new ApiRefused('The GraphQL schema is larger than 1 MB.');
  const { schema, warnings } = built(text);
  const problems = validateSchema(schema);
  if (problems.length > 0) throw refused(problems);
  installScalars(schema);
  return { schema, warnings };
}

function built(text: string): LoadedSchema {
  try {
    const { document, warnings } = readSchema(text);
    const config = buildASTSchema(withPrelude(document)).toConfig();
    const directives = config.directives.filter(({ name }) => !LIBRARY_DIRECTIVES.has(name));
    return { schema: new GraphQLSchema({ ...config, directives }), warnings };
  } catch (error) {
    throw refused(error instanceof SchemaRefused ? error.problems : [error]);
  }
}

/** A schema may declare the scalars and directives for other tools; AppSync's own stand. */
function withPrelude(document: DocumentNode): DocumentNode {
  const own = document.definitions.filter((definition) => !preludeNames.has(definedName(definition)));
  return { kind: Kind.DOCUMENT, definitions: [...prelude.definitions, ...own] };
}

function definedName(definition: DefinitionNode): string | null {
  if (definition.kind === Kind.DIRECTIVE_DEFINITION) return `@${definition.name.value}`;
  return definition.kind === Kind.SCALAR_TYPE_DEFINITION ? definition.name.value : null;
}

function refused(problems: readonly unknown[]): ApiRefused {
  const lines = problems.flatMap((problem) => sentence(problem).split('\n\n'));
  return new ApiRefused(lines.map((line) => `The GraphQL schema is invalid: ${line}`).join('\n'));
}

function sentence(problem: unknown): string {
  if (!(problem instanceof GraphQLError)) return problem instanceof Error ? problem.message : String(problem);
  const line = problem.locations?.[0]?.line;
  return line === undefined ? problem.message : `line ${line}: ${problem.message}`;
}
