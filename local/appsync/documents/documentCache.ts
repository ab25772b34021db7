import {
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { validationError } from '../execution/formatError.ts';
import { LIMITS } from '../limits.ts';
import { refuseUnbounded } from './boundedDocument.ts';
import { operationsOf, type CachedDocument } from './operation.ts';

const MOST_ERRORS = 100;
const KEPT_DOCUMENTS = 2_000;
const KEPT_CHARACTERS = 8_000_000;

export type DocumentCache = { readonly get: (query: string) => CachedDocument };

/** Parses and validates a text once; what was used least recently goes first. */
export function createDocumentCache(schema: GraphQLSchema, introspection: boolean): DocumentCache {
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const kept = new Map<string, CachedDocument>();
  let characters = 0;
  let documents = 0;

  function keep(query: string, cached: CachedDocument): void {
    kept.set(query, cached);
    characters += query.length;
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT_DOCUMENTS && characters <= KEPT_CHARACTERS) return;
      kept.delete(oldest);
      characters -= oldest.length;
    }
  }

  function read(query: string): CachedDocument {
    const document = parsed(query);
    if (typeof document === 'string') return { kind: 'unparsable', message: document };
    const unbounded = refuseUnbounded(document);
    const errors =
      unbounded.length > 0 ? unbounded : validate(schema, document, rules, { maxErrors: MOST_ERRORS });
    if (errors.length > 0) return { kind: 'invalid', errors: errors.map(validationError) };
    documents += 1;
    return { kind: 'ready', operations: operationsOf(document, documents) };
  }

  return {
    get: (query) => {
      const known = kept.get(query);
      if (known === undefined) {
        const fresh = read(query);
        keep(query, fresh);
        return fresh;
      }
      if (kept.size > KEPT_DOCUMENTS / 2) {
        kept.delete(query);
        kept.set(query, known);
      }
      return known;
    },
  };
}

/** The document, or why it is none. Nesting deep enough to exhaust the stack counts as unparsable. */
function parsed(query: string): DocumentNode | string {
  try {
    return parse(query, { maxTokens: LIMITS['tokens of a document'] });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
