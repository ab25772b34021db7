import type { ResourceType } from '../assembly/identity.ts';
import type { Resource } from '../assembly/evaluateStacks.ts';
import { parseObject } from '../../ground/json.ts';
import { refuseValue } from './refuse.ts';

/** The words of a property that has no others, by its path. Another one would be taken for the default here. */
const WORDS: { readonly [Type in ResourceType]?: Readonly<Record<string, readonly string[]>> } = {
  'AWS::S3::Bucket': { 'VersioningConfiguration.Status': ['Enabled', 'Suspended'] },
  'AWS::Lambda::Function': {
    'LoggingConfig.LogFormat': ['Text', 'JSON'],
    'LoggingConfig.ApplicationLogLevel': ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'],
    'LoggingConfig.SystemLogLevel': ['DEBUG', 'INFO', 'WARN'],
  },
  'AWS::AppSync::GraphQLApi': {
    IntrospectionConfig: ['ENABLED', 'DISABLED'],
    'UserPoolConfig.DefaultAction': ['ALLOW', 'DENY'],
  },
  'AWS::AppSync::Resolver': { Kind: ['UNIT', 'PIPELINE'] },
  'AWS::Events::Rule': { State: ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'] },
};

export function checkWords(resource: Resource): void {
  for (const [path, words] of Object.entries(WORDS[resource.type] ?? {})) {
    const given = path
      .split('.')
      .reduce<unknown>((value, name) => parseObject(value)[name], resource.properties);
    if (given === undefined || words.includes(String(given))) continue;
    refuseValue(resource, `${path} must be one of ${words.join(', ')}; got ${String(given)}.`);
  }
}
