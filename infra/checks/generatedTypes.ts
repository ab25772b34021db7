import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const SCHEMA_FILES = ['schema.graphql', 'appsync.graphql'];
export const GENERATED_FILES = ['schema.generated.ts', 'client/schema.generated.ts'];

/** The first line of generated types: it names the schema that they were made from. */
export function stampOf(root: string): string {
  const hash = createHash('sha256');
  for (const file of SCHEMA_FILES) hash.update(readFileSync(join(root, file)));
  return `// Made from the schema ${hash.digest('hex').slice(0, 16)}.`;
}

/** A sentence where the generated types were made from another schema; null where they are fresh. */
export function staleTypes(root: string): string | null {
  const stamp = stampOf(root);
  const stale = GENERATED_FILES.filter((file) => !readFileSync(join(root, file), 'utf8').startsWith(stamp));
  if (stale.length === 0) return null;
  const verb = stale.length === 1 ? 'does' : 'do';
  return `${stale.join(' and ')} ${verb} not have the types of schema.graphql: run npm run codegen.`;
}
