import { isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import type { Lambda } from '../lambda/lambda.ts';
import { AUTH_MODES, type ApiDefinition, type CodeDefinition, type ResolverDefinition } from './appsync.ts';
import { ApiRefused } from './errors.ts';
import { problemText } from './javascript/errors.ts';
import type { CodeProblem } from './javascript/evaluator.ts';
import {
  MAX_API_KEYS,
  MAX_BATCH_SIZE,
  MAX_PIPELINE_FUNCTIONS,
  MAX_QUERY_DEPTH,
  MAX_REQUEST_RESOLVERS,
} from './limits.ts';

export type CheckCode = (text: string, file: string) => readonly CodeProblem[];

export type CheckOptions = {
  readonly schema: GraphQLSchema | null;
  readonly lambda: Lambda;
  readonly checkCode: CheckCode;
};

/** Collects everything that AppSync would refuse, a line each, and throws it as one ApiRefused. */
export function checkApi(api: ApiDefinition, { schema, lambda, checkCode }: CheckOptions): void {
  const problems = [
    ...authProblems(api),
    ...limitProblems(api),
    ...nameProblems(api),
    ...sourceProblems(api, lambda),
    ...api.functions.flatMap(({ name, dataSource, maxBatchSize }) => [
      ...unknownSource(api, `function ${name}`, dataSource),
      ...batchProblems(`function ${name}`, maxBatchSize),
    ]),
    ...api.resolvers.flatMap((resolver) => resolverProblems(api, schema, resolver)),
    ...codesOf(api).flatMap(({ text, file }) => checkCode(text, file).map(problemText)),
  ];
  if (problems.length > 0) throw new ApiRefused([...new Set(problems)].join('\n'));
}

function authProblems({ defaultAuth, additionalAuth, apiKeys }: ApiDefinition): readonly string[] {
  const unsupported = [defaultAuth, ...additionalAuth].filter((mode) => !AUTH_MODES.includes(mode));
  const tooMany = apiKeys.length > MAX_API_KEYS ? [`An API may have at most ${MAX_API_KEYS} API keys.`] : [];
  return [...unsupported.map((mode) => `The authentication type ${mode} is not supported.`), ...tooMany];
}

function limitProblems({ queryDepthLimit, resolverCountLimit }: ApiDefinition): readonly string[] {
  return [
    ...outside('QueryDepthLimit', queryDepthLimit, MAX_QUERY_DEPTH),
    ...outside('ResolverCountLimit', resolverCountLimit, MAX_REQUEST_RESOLVERS),
  ];
}

function outside(name: string, value: number | null, most: number): readonly string[] {
  return value === null || (value >= 1 && value <= most)
    ? []
    : [`${name} must be from 1 to ${most}, not ${value}.`];
}

const NAME = /^[_A-Za-z][_0-9A-Za-z]*$/;

/** What AppSync lets an API have once only, and how it lets a template name things. */
function nameProblems(api: ApiDefinition): readonly string[] {
  const sources = api.dataSources.map(({ name }) => name);
  const fields = api.resolvers.map(({ typeName, fieldName }) => `${typeName}.${fieldName}`);
  const modes = [api.defaultAuth, ...api.additionalAuth].filter(
    (mode) => mode === 'API_KEY' || mode === 'AWS_IAM', // an API may have several issuers of tokens
  );
  return [
    ...repeated(sources).map((name) => `The template has two data sources with the name ${name}.`),
    ...repeated(fields).map((field) => `The field ${field} has two resolvers.`),
    ...repeated(modes).map((mode) => `The authentication type ${mode} is given twice.`),
    ...[...sources, ...api.functions.map(({ name }) => name)]
      .filter((name) => !NAME.test(name))
      .map(
        (name) => `The name '${name}' must hold letters, digits and underscores, and not begin with a digit.`,
      ),
  ];
}

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) < index);
}

function sourceProblems({ dataSources }: ApiDefinition, lambda: Lambda): readonly string[] {
  return dataSources.flatMap((source) =>
    source.type === 'AWS_LAMBDA' && !lambda.exists(source.functionArn)
      ? [`The data source ${source.name} names the unknown function ${source.functionArn}.`]
      : [],
  );
}

function resolverProblems(
  api: ApiDefinition,
  schema: GraphQLSchema | null,
  resolver: ResolverDefinition,
): readonly string[] {
  const { typeName, fieldName, dataSource, functions, kind } = resolver;
  const who = `resolver of ${typeName}.${fieldName}`;
  return [
    ...(hasField(schema, typeName, fieldName) ? [] : [`The ${who} names a field that is not in the schema.`]),
    ...(kind === 'UNIT' ? unknownSource(api, who, dataSource) : []),
    ...functions
      .filter((id) => !api.functions.some((each) => each.id === id))
      .map((id) => `The ${who} names the unknown function ${id}.`),
    ...(functions.length > MAX_PIPELINE_FUNCTIONS
      ? [`The ${who} has more than ${MAX_PIPELINE_FUNCTIONS} functions.`]
      : []),
    ...batchProblems(who, resolver.maxBatchSize),
    ...codelessProblems(api, who, resolver),
  ];
}

function codelessProblems(
  api: ApiDefinition,
  who: string,
  { kind, code, dataSource }: ResolverDefinition,
): readonly string[] {
  if (code !== null) return [];
  const source = api.dataSources.find(({ name }) => name === dataSource);
  const needsCode = kind === 'PIPELINE' || (source !== undefined && source.type !== 'AWS_LAMBDA');
  return needsCode ? [`The ${who} has no code.`] : [];
}

function batchProblems(who: string, size: number): readonly string[] {
  return size >= 0 && size <= MAX_BATCH_SIZE
    ? []
    : [`MaxBatchSize of the ${who} must be from 0 to ${MAX_BATCH_SIZE}, not ${size}.`];
}

function unknownSource({ dataSources }: ApiDefinition, who: string, name: string | null): readonly string[] {
  return dataSources.some((source) => source.name === name)
    ? []
    : [`The ${who} names the unknown data source ${name}.`];
}

function hasField(schema: GraphQLSchema | null, typeName: string, fieldName: string): boolean {
  const type = schema?.getType(typeName);
  return (isObjectType(type) || isInterfaceType(type)) && Object.hasOwn(type.getFields(), fieldName);
}

function codesOf({ resolvers, functions }: ApiDefinition): readonly CodeDefinition[] {
  return [...resolvers, ...functions].map(({ code }) => code).filter((code) => code !== null);
}
