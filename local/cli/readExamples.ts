import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, parseJson, parseList, parseText } from '../ground/json.ts';

/** A GraphQL operation to try first, with its variables. */
export type Example = { readonly title: string; readonly query: string; readonly variables: unknown };

/** The examples in `examples.json` of a folder of static files: a list of `{title, query, variables}`. */
export function readExamples(folder: string | null): readonly Example[] {
  const file = folder === null ? null : join(folder, 'examples.json');
  if (file === null || !existsSync(file)) return [];
  const parsed = parseJson(readFileSync(file, 'utf8'));
  return parseList(parsed.ok ? parsed.value : [])
    .filter(isObject)
    .map(({ title, query, variables }) => ({
      title: parseText(title, ''),
      query: parseText(query, ''),
      variables,
    }));
}
