import {
  NoSchemaIntrospectionCustomRule,
  parse,
  SingleFieldSubscriptionsRule,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import { validationError } from '../execution/formatError.ts';
import { MAX_DOCUMENT_TOKENS } from '../limits.ts';
import { refuseUnbounded } from './boundedDocument.ts';
import { operationsOf, type CachedDocument } from './operation.ts';
import { singleFieldSubscriptions } from './singleFieldSubscriptions.ts';

const MAX_ERRORS = 100;
const KEPT_DOCUMENTS = 2_000;
/** A document takes about a hundred times its text. */
const KEPT_CHARACTERS = 1_000_000;
const RULES = specifiedRules.map((rule) =>
  rule === SingleFieldSubscriptionsRule ? singleFieldSubscriptions : rule,
);

export type DocumentCache = {
  readonly get: (query: string) => CachedDocument;
  /** For a text that was found valid before: it is parsed again, but not validated. */
  readonly getValid: (query: string) => CachedDocument;
};

/** Parses and validates a text once; what was used least recently goes first. */
export function createDocumentCache(schema: GraphQLSchema, introspection: boolean): DocumentCache {
  const rules = introspection ? RULES : [...RULES, NoSchemaIntrospectionCustomRule];
  const kept = new Map<string, CachedDocument>();
  let characters = 0;

  function keep(query: string, cached: CachedDocument): void {
    kept.set(query, cached);
    characters += query.length;
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT_DOCUMENTS && characters <= KEPT_CHARACTERS) return;
      kept.delete(oldest);
      characters -= oldest.length;
    }
  }

  /** Null for a nesting deep enough to exhaust the stack of the rules. */
  function errorsOf(document: DocumentNode): readonly GraphQLError[] | null {
    const unbounded = refuseUnbounded(document);
    if (unbounded.length > 0) return unbounded;
    try {
      return validate(schema, document, rules, { maxErrors: MAX_ERRORS });
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }

  function read(query: string, isValid: boolean): CachedDocument {
    const document = parsed(query);
    if (typeof document === 'string') return { kind: 'unparsable', message: document };
    const errors = isValid ? [] : errorsOf(document);
    if (errors === null) return { kind: 'unparsable', message: 'The document is nested too deeply.' };
    if (errors.length > 0) return { kind: 'invalid', errors: errors.map(validationError) };
    return { kind: 'ready', operations: operationsOf(document) };
  }

  function get(query: string, isValid: boolean): CachedDocument {
    const known = kept.get(query);
    if (known === undefined) {
      const fresh = read(query, isValid);
      keep(query, fresh);
      return fresh;
    }
    if (kept.size > KEPT_DOCUMENTS / 2) {
      kept.delete(query);
      kept.set(query, known);
    }
    return known;
  }

  return { get: (query) => get(query, false), getValid: (query) => get(query, true) };
}

/** The document, or why it is none. Nesting deep enough to exhaust the stack counts as unparsable. */
function parsed(query: string): DocumentNode | string {
  try {
    return parse(query, { maxTokens: MAX_DOCUMENT_TOKENS });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
