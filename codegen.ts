import type { CodegenConfig } from '@graphql-codegen/cli';
import { stampOf } from './infra/checks/generatedTypes.ts';

const TYPES = {
  plugins: [{ add: { content: stampOf(import.meta.dirname) } }, 'typescript'],
  config: {
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
  },
};

// The types are made from the schema alone; `npm run codegen` writes them and the gate refuses stale ones.
export default {
  schema: ['schema.graphql', 'appsync.graphql'],
  generates: {
    'schema.generated.ts': TYPES,
    // The package of the client holds its own: it is installed without the rest.
    'client/schema.generated.ts': TYPES,
  },
} satisfies CodegenConfig;
