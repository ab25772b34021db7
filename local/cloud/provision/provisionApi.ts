import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  AUTH_MODES,
  type ApiDefinition,
  type AppSync,
  type AuthMode,
  type CodeDefinition,
  type DataSourceDefinition,
  type FunctionConfigurationDefinition,
  type ResolverDefinition,
} from '../../services/appsync/appsync.ts';
import type { EvaluatedStack, Resource } from '../assembly/evaluateStacks.ts';
import type { ResourceType } from '../assembly/identity.ts';
import { parseList, parseNumber, parseObject, parseText } from '../../ground/json.ts';
import { pathOf, refuse } from './refuse.ts';
import { limitOf, providersOf, tokenProviderOf } from './tokenProviders.ts';

type Part = { readonly resource: Resource; readonly assets: ReadonlyMap<string, string> };

export async function provisionApis(
  stacks: readonly EvaluatedStack[],
  appsync: Pick<AppSync, 'define'>,
): Promise<void> {
  const all = stacks.flatMap(({ resources, assets }) => resources.map((resource) => ({ resource, assets })));
  const apis = all.map(({ resource }) => resource).filter(({ type }) => type === 'AWS::AppSync::GraphQLApi');
  refuseOtherApis(all, apis);
  for (const resource of apis) {
    const definition = apiOf(resource, all);
    if (definition.schema.trim() === '') refuse(resource, 'an API without a schema is');
    await appsync.define(definition);
  }
}

/** A resolver without its API would be forgotten in silence. */
function refuseOtherApis(all: readonly Part[], apis: readonly Resource[]): void {
  const ids = apis.map((api) => api.attribute('ApiId'));
  for (const { resource } of all) {
    const id = resource.properties['ApiId'];
    if (resource.type.startsWith('AWS::AppSync::') && typeof id === 'string' && !ids.includes(id))
      refuse(resource, `the API ${id}, which no stack declares, is`);
  }
}

/** Its parts may stand in other stacks. */
function apiOf(resource: Resource, all: readonly Part[]): ApiDefinition {
  const { properties } = resource;
  const id = resource.attribute('ApiId');
  const parts = (type: ResourceType): readonly Part[] =>
    all.filter(({ resource: part }) => part.type === type && part.properties['ApiId'] === id);
  if (parseText(properties['ApiType'], 'GRAPHQL') !== 'GRAPHQL') refuse(resource, 'a merged API is');
  const [own, ...additional] = providersOf(resource);
  return {
    id,
    arn: resource.reference,
    name: parseText(properties['Name'], resource.logicalId),
    schema: parts('AWS::AppSync::GraphQLSchema').map(schemaOf).join('\n'),
    defaultAuth: authOf(resource, own?.['AuthenticationType']),
    additionalAuth: additional.map((provider) => authOf(resource, provider['AuthenticationType'])),
    tokenProviders: providersOf(resource).flatMap((provider) => tokenProviderOf(resource, provider)),
    apiKeys: parts('AWS::AppSync::ApiKey').map(apiKeyOf),
    queryDepthLimit: limitOf(properties['QueryDepthLimit']),
    resolverCountLimit: limitOf(properties['ResolverCountLimit']),
    introspection: parseText(properties['IntrospectionConfig'], 'ENABLED') !== 'DISABLED',
    environment: Object.fromEntries(
      Object.entries(parseObject(properties['EnvironmentVariables'])).map(([name, value]) => [
        name,
        String(value),
      ]),
    ),
    dataSources: parts('AWS::AppSync::DataSource').map(dataSourceOf),
    functions: parts('AWS::AppSync::FunctionConfiguration').map(functionOf),
    resolvers: parts('AWS::AppSync::Resolver').map(resolverOf),
  };
}

function authOf(resource: Resource, value: unknown): AuthMode {
  const mode = AUTH_MODES.find((each) => each === value);
  return mode ?? refuse(resource, `the authentication type ${String(value)} is`);
}

function apiKeyOf({ resource }: Part): ApiDefinition['apiKeys'][number] {
  const seconds = parseNumber(resource.properties['Expires'], null);
  return { key: resource.attribute('ApiKey'), expires: seconds === null ? null : seconds * 1000 };
}

function schemaOf({ resource, assets }: Part): string {
  const { Definition, DefinitionS3Location } = resource.properties;
  return typeof Definition === 'string' ? Definition : readAsset(resource, DefinitionS3Location, assets);
}

function readAsset(resource: Resource, location: unknown, assets: ReadonlyMap<string, string>): string {
  const key = basename(parseText(location, ''));
  const file = assets.get(key);
  if (file === undefined)
    return refuse(resource, `text that is not an asset of this assembly (${key || 'none given'}) is`);
  return readFileSync(file, 'utf8');
}

function dataSourceOf({ resource }: Part): DataSourceDefinition {
  const name = parseText(resource.properties['Name'], '');
  const type = parseText(resource.properties['Type'], '');
  if (type === 'NONE') return { name, type };
  if (type !== 'AWS_LAMBDA') return refuse(resource, `a data source of the type ${type} is`);
  const functionArn = parseText(parseObject(resource.properties['LambdaConfig'])['LambdaFunctionArn'], '');
  return { name, type, functionArn };
}

function codeOf({ resource, assets }: Part): CodeDefinition | null {
  const { Code, CodeS3Location } = resource.properties;
  if (Code === undefined && CodeS3Location === undefined) return null;
  refuseOtherRuntime(resource);
  const text = typeof Code === 'string' ? Code : readAsset(resource, CodeS3Location, assets);
  return { text, file: pathOf(resource) };
}

function refuseOtherRuntime(resource: Resource): void {
  const { Name = 'APPSYNC_JS', RuntimeVersion = '1.0.0' } = parseObject(resource.properties['Runtime']);
  if (Name !== 'APPSYNC_JS' || RuntimeVersion !== '1.0.0')
    refuse(resource, `the runtime ${String(Name)} ${String(RuntimeVersion)} is`);
}

function functionOf(part: Part): FunctionConfigurationDefinition {
  const { properties } = part.resource;
  return {
    id: part.resource.attribute('FunctionId'),
    name: parseText(properties['Name'], ''),
    dataSource: parseText(properties['DataSourceName'], ''),
    code: codeOf(part) ?? refuse(part.resource, 'a function without code is'),
    maxBatchSize: parseNumber(properties['MaxBatchSize'], 0),
  };
}

function resolverOf(part: Part): ResolverDefinition {
  const { properties } = part.resource;
  return {
    typeName: parseText(properties['TypeName'], ''),
    fieldName: parseText(properties['FieldName'], ''),
    kind: properties['Kind'] === 'PIPELINE' ? 'PIPELINE' : 'UNIT',
    dataSource: parseText(properties['DataSourceName'], '') || null,
    functions: parseList(parseObject(properties['PipelineConfig'])['Functions']).map(String),
    code: codeOf(part),
    maxBatchSize: parseNumber(properties['MaxBatchSize'], 0),
  };
}
