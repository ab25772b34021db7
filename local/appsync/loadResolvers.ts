import type { ApiDefinition, CodeDefinition, DataSourceDefinition, ResolverDefinition } from './appsync.ts';
import { ApiRefused } from './errors.ts';
import type { HandlerRuntime } from './execution/handlerRuntime.ts';
import {
  directLambdaResolver,
  pipelineResolver,
  unitResolver,
  type LoadedResolver,
  type Step,
} from './execution/loadResolver.ts';

/** The resolvers of a checked API, by `Type.field`. */
export function loadResolvers(
  api: ApiDefinition,
  runtime: HandlerRuntime,
): ReadonlyMap<string, LoadedResolver> {
  return new Map(
    api.resolvers.map((resolver) => [
      `${resolver.typeName}.${resolver.fieldName}`,
      resolver.kind === 'UNIT' ? unit(api, resolver, runtime) : pipeline(api, resolver, runtime),
    ]),
  );
}

function unit(api: ApiDefinition, resolver: ResolverDefinition, runtime: HandlerRuntime): LoadedResolver {
  const source = dataSource(api, resolver.dataSource);
  const { code, maxBatchSize } = resolver;
  const name = `${resolver.typeName}.${resolver.fieldName}`;
  if (code !== null) return unitResolver({ handlers: runtime.load(code), source, maxBatchSize, name });
  if (source.type !== 'AWS_LAMBDA') throw new ApiRefused(`The resolver of ${name} has no code.`);
  return directLambdaResolver({ functionArn: source.functionArn, maxBatchSize, name });
}

function pipeline(api: ApiDefinition, resolver: ResolverDefinition, runtime: HandlerRuntime): LoadedResolver {
  const name = `${resolver.typeName}.${resolver.fieldName}`;
  return pipelineResolver(
    runtime.load(requireCode(resolver.code, name)),
    resolver.functions.map((id, index): Step => {
      const found = api.functions.find((each) => each.id === id);
      if (found === undefined)
        throw new ApiRefused(`The resolver of ${name} names the unknown function ${id}.`);
      return {
        handlers: runtime.load(found.code),
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

function requireCode(code: CodeDefinition | null, name: string): CodeDefinition {
  if (code === null) throw new ApiRefused(`The pipeline resolver of ${name} has no code.`);
  return code;
}
