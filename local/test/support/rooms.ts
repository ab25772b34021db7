import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// An API made for the rules that the application's own schema cannot show: limits, filters, invalidation, failures.
// `node local/test/support/rooms.ts FOLDER` writes it, for `npm start -- --assembly FOLDER` and for CloudFormation.

/** Rooms for keys and for IAM; what only IAM may do or see is marked. `worker` and `openRoom` are for tests with resolvers of their own. */
export const SCHEMA = `
schema { query: Query mutation: Mutation subscription: Subscription }
type Query {
  room(id: ID!): Room
  nested: Nested
  strict: Strict
  strictRooms: [Room!]!
  failing(message: String): Room
  signed: String @aws_iam
  moment: AWSDateTime
  worker(text: String): String
}
type Mutation {
  publishRoom(input: RoomInput!): Room
  openRoom(input: RoomInput!): Room
  publishStrict(input: RoomInput!): Strict
  publishSigned(input: RoomInput!): Room @aws_iam
  failToPublish(input: RoomInput!): Room
  closeRooms(names: [String!]!): Room
}
type Subscription {
  onRoom(id: ID, name: String, size: Int, open: Boolean): Room
    @aws_subscribe(mutations: ["publishRoom", "openRoom", "publishSigned", "failToPublish", "closeRooms"])
  onStrict: Strict @aws_subscribe(mutations: ["publishStrict"])
  onFiltered(filter: AWSJSON, name: String): Room @aws_subscribe(mutations: ["publishRoom"])
  onClosing(name: String!): Room @aws_subscribe(mutations: ["publishRoom"])
  onGuarded(name: String): Room @aws_subscribe(mutations: ["publishRoom"])
  onSigned: Room @aws_subscribe(mutations: ["publishSigned"]) @aws_iam
}
input RoomInput {
  id: ID!
  name: String
  size: Int
  open: Boolean
  tags: [String]
  json: AWSJSON
  secret: String
  inner: InnerInput
}
input InnerInput { leaf: String inner: InnerInput }
type Room @aws_api_key @aws_iam {
  id: ID!
  name: String
  size: Int
  open: Boolean
  tags: [String]
  json: AWSJSON
  secret: String @aws_iam
  inner: Inner
}
type Inner @aws_api_key @aws_iam { leaf: String inner: Inner }
type Strict { id: ID! created: AWSDateTime! name: String }
type Nested { leaf: String nested: Nested room: Room }
`;

/** The code of a resolver on the NONE data source. */
const answering = (
  payload: string,
  response = 'return ctx.result',
) => `import { extensions, util } from '@aws-appsync/utils';
export function request(ctx) { return { payload: ${payload} } }
export function response(ctx) { ${response} }
`;

const INPUT = answering('ctx.args.input');
const ROOM = answering('{ id: ctx.args.id }');

/** What each field does, on the NONE data source. */
const RESOLVERS: Readonly<Record<string, string>> = {
  'Query.room': ROOM,
  'Query.nested': answering(
    `{ leaf: 'a', nested: { leaf: 'b', nested: { leaf: 'c', nested: { leaf: 'd' } } } }`,
  ),
  'Query.strict': answering(`{ id: '1' }`),
  'Query.strictRooms': answering(`[{ id: '1' }, { name: 'no id' }]`),
  'Query.failing': answering(
    'null',
    `util.error(ctx.args.message ?? 'No room', 'RoomGone', { id: '1', name: 'x', size: 2 }, { retryable: false });`,
  ),
  'Query.signed': answering(`util.authType()`),
  'Query.moment': answering(`'soon'`),
  'Mutation.publishRoom': INPUT,
  'Mutation.publishStrict': INPUT,
  'Mutation.publishSigned': INPUT,
  'Mutation.failToPublish': answering('ctx.args.input', `util.error('Not published', 'Refused');`),
  'Mutation.closeRooms': answering(
    `{ id: 'closed' }`,
    `for (const name of ctx.args.names) {
      extensions.invalidateSubscriptions({ subscriptionField: 'onClosing', payload: { name } });
    }
    return null;`,
  ),
  'Subscription.onFiltered': answering(
    'null',
    `extensions.setSubscriptionFilter(ctx.args.filter); return null;`,
  ),
  'Subscription.onClosing': answering(
    'null',
    `extensions.setSubscriptionInvalidationFilter({
      filterGroup: [{ filters: [{ fieldName: 'name', operator: 'eq', value: ctx.args.name }] }],
    });
    return null;`,
  ),
  'Subscription.onGuarded': answering(
    'null',
    `if (ctx.args.name === 'closed') { util.unauthorized(); }
    if (ctx.args.name === 'broken') { util.error('Not now', 'Busy'); }
    return null;`,
  ),
};

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
