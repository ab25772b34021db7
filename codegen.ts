import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import type { TypeScriptPluginConfig } from '@graphql-codegen/typescript';
import { buildASTSchema, lexicographicSortSchema, parse } from 'graphql';
import { GENERATED_FILES, SCHEMA_FILES, stampOf } from './infra/checks/generatedTypes.ts';

// `npm run codegen`: the types of the API, made from the schema alone. With --check it writes nothing and fails where a file
// is stale. The package of the client holds its own file: it is installed without the rest.

const ROOT = import.meta.dirname;
const CONFIG = {
  scalars: { ID: 'string', AWSDateTime: 'string' },
  strictScalars: true,
  // A TypeScript enum is neither erasable nor legal in AppSync JS.
  enumsAsTypes: true,
  immutableTypes: true,
  skipTypename: true,
  useTypeImports: true,
  // What the API answers names every field; an absent value is null. Inputs may leave fields out.
  avoidOptionals: { field: true, inputValue: false, object: false, defaultValue: false },
  maybeValue: 'T | null',
  inputMaybeValue: 'T | null | undefined',
} satisfies TypeScriptPluginConfig;

async function makeTypes(): Promise<string> {
  const schema = parse(SCHEMA_FILES.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n'));
  const types = await codegen({
    filename: 'schema.generated.ts',
    schema,
    schemaAst: lexicographicSortSchema(buildASTSchema(schema)),
    documents: [],
    plugins: [{ typescript: {} }],
    pluginMap: { typescript },
    config: CONFIG,
  });
  return `${stampOf(ROOT)}\n${types}`;
}

const types = await makeTypes();
const stale = GENERATED_FILES.filter((file) => readFileSync(join(ROOT, file), 'utf8') !== types);
if (process.argv.includes('--check')) {
  for (const file of stale) console.error(`${file} is not what npm run codegen makes of the schema.`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else for (const file of GENERATED_FILES) writeFileSync(join(ROOT, file), types);
