import type { ApiDefinition, DataSourceDefinition, ResolverDefinition } from './appsync.ts';
import { ApiRefused } from './errors.ts';
import { type Handlers, handlersOf } from './execution/handlers.ts';
import type { Evaluator } from './javascript/evaluator.ts';
import { directLambdaResolver, pipelineResolver, type Step, unitResolver } from './execution/resolvers.ts';
import type { LoadedResolver } from './execution/execution.ts';

type Code = { readonly api: ApiDefinition; readonly handlers: (codeId: string) => Handlers };

/** The resolvers of a checked API, by `Type.field`. */
export async function loadResolvers(
  api: ApiDefinition,
  evaluator: Evaluator,
): Promise<ReadonlyMap<string, LoadedResolver>> {
  for (const resolver of api.resolvers) {
    if (resolver.code !== null)
      await evaluator.load(nameOf(resolver), resolver.code.text, resolver.code.file);
  }
  for (const { id, code } of api.functions) {
    await evaluator.load(functionCode(id), code.text, code.file);
  }
  const code: Code = { api, handlers: (codeId) => handlersOf(evaluator, codeId) };
  return new Map(
    api.resolvers.map((resolver) => [
      nameOf(resolver),
      resolver.kind === 'UNIT' ? unit(code, resolver) : pipeline(code, resolver),
    ]),
  );
}

function functionCode(id: string): string {
  return `function/${id}`;
}

function nameOf({ typeName, fieldName }: ResolverDefinition): string {
  return `${typeName}.${fieldName}`;
}

function unit({ api, handlers }: Code, resolver: ResolverDefinition): LoadedResolver {
  const source = dataSource(api, resolver.dataSource);
  const { code, maxBatchSize } = resolver;
  const name = nameOf(resolver);
  if (code !== null) return unitResolver({ handlers: handlers(name), source, maxBatchSize, name });
  if (source.type !== 'AWS_LAMBDA') throw new ApiRefused(`The resolver of ${name} has no code.`);
  return directLambdaResolver({ functionArn: source.functionArn, maxBatchSize, name });
}

function pipeline({ api, handlers }: Code, resolver: ResolverDefinition): LoadedResolver {
  const name = nameOf(resolver);
  if (resolver.code === null) throw new ApiRefused(`The pipeline resolver of ${name} has no code.`);
  return pipelineResolver(
    handlers(name),
    resolver.functions.map((id, index): Step => {
      const found = api.functions.find((each) => each.id === id);
      if (found === undefined)
        throw new ApiRefused(`The resolver of ${name} names the unknown function ${id}.`);
      return {
        handlers: handlers(functionCode(id)),
        source: dataSource(api, found.dataSource),
        maxBatchSize: found.maxBatchSize,
        name: `${name}[${index}]`,
      };
    }),
  );
}

function dataSource(api: ApiDefinition, name: string | null): DataSourceDefinition {
  const source = api.dataSources.find((each) => each.name === name);
  if (source === undefined) throw new ApiRefused(`There is no data source with the name ${name}.`);
  return source;
}
