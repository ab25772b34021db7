import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RESOLVERS } from './resolvers.ts';
import { SCHEMA } from './schema.ts';

// An API made for the rules that the application's own schema cannot show: limits, filters, invalidation, failures.
// `node local/test/support/rooms/template.ts FOLDER` writes it, for `npm start -- --assembly FOLDER` and for CloudFormation.

const API_ID = { 'Fn::GetAtt': ['Api', 'ApiId'] };

function resolverResource(field: string, code: string) {
  const [TypeName, FieldName] = field.split('.');
  return {
    Type: 'AWS::AppSync::Resolver',
    DependsOn: ['Schema', 'None'],
    Properties: {
      ApiId: API_ID,
      TypeName,
      FieldName,
      DataSourceName: 'none',
      Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' },
      Code: code,
    },
  };
}

const api = {
  Type: 'AWS::AppSync::GraphQLApi',
  Properties: {
    Name: 'Rooms',
    AuthenticationType: 'API_KEY',
    AdditionalAuthenticationProviders: [{ AuthenticationType: 'AWS_IAM' }],
    QueryDepthLimit: 4,
    ResolverCountLimit: 6,
    IntrospectionConfig: 'DISABLED',
  },
};

const template = {
  Resources: {
    Api: api,
    Key: { Type: 'AWS::AppSync::ApiKey', Properties: { ApiId: API_ID } },
    Schema: { Type: 'AWS::AppSync::GraphQLSchema', Properties: { ApiId: API_ID, Definition: SCHEMA } },
    None: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId: API_ID, Name: 'none', Type: 'NONE' } },
    ...Object.fromEntries(
      Object.entries(RESOLVERS).map(([field, code]) => [
        field.replace('.', ''),
        resolverResource(field, code),
      ]),
    ),
  },
  Outputs: {
    GraphQLUrl: { Value: { 'Fn::GetAtt': ['Api', 'GraphQLUrl'] } },
    RealtimeUrl: { Value: { 'Fn::GetAtt': ['Api', 'RealtimeUrl'] } },
    ApiKey: { Value: { 'Fn::GetAtt': ['Key', 'ApiKey'] } },
  },
};

/** Writes the API as a cloud assembly of one stack. */
export function writeRooms(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'Rooms.template.json'), JSON.stringify(template, null, 2));
}

const [, script, folder] = process.argv;
if (script === import.meta.filename && folder !== undefined) writeRooms(folder);
