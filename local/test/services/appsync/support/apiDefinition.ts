import type { ApiDefinition, ResolverDefinition } from '../../../../services/appsync/appsync.ts';

export const API_KEY = 'da2-abcdefghijklmnopqrstuvwxyz';
export const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:111111111111:function:worker';

export const SCHEMA = `
type Mutation {
  publishRoom(input: RoomInput!): Room
  openRoom(input: RoomInput!): Room
  publishStrict(input: RoomInput!): StrictRoom
  secretRoom(input: RoomInput!): Room @aws_iam
  invalidate(name: String!): Room
}
type Query {
  room(id: ID!): Room
  strict: StrictRoom
  rooms: [Room!]!
  worker(text: String): String
  clock: AWSDateTime
  secret: String @aws_iam
  tree: Tree
}
type Subscription {
  onRoom(id: ID, name: String, size: Int): Room @aws_subscribe(mutations: ["publishRoom", "openRoom"])
  onStrict: StrictRoom @aws_subscribe(mutations: ["publishStrict"])
  onFiltered(name: String): Room @aws_subscribe(mutations: ["publishRoom"])
  onSecret: Room @aws_subscribe(mutations: ["secretRoom"]) @aws_iam
  onGuarded(name: String): Room @aws_subscribe(mutations: ["publishRoom"])
}
input RoomInput { id: ID! name: String size: Int tags: [String] json: AWSJSON hidden: String }
type Room @aws_api_key @aws_iam {
  id: ID!
  name: String
  size: Int
  tags: [String]
  json: AWSJSON
  hidden: String
}
type StrictRoom { id: ID! created: AWSDateTime! name: String }
type Tree { leaf: String tree: Tree }
schema { query: Query mutation: Mutation subscription: Subscription }
`;

const PASS = `
export function request(ctx) { return { payload: ctx.args.input } }
export function response(ctx) { return ctx.result }
`;

/** A resolver on the NONE data source; by default it answers its input. */
export function resolver(field: string, code: string = PASS): ResolverDefinition {
  const [typeName = '', fieldName = ''] = field.split('.');
  return {
    typeName,
    fieldName,
    kind: 'UNIT',
    dataSource: 'none',
    functions: [],
    code: { text: code, file: `${field}.js` },
    maxBatchSize: 0,
  };
}

export function apiDefinition(changes: Partial<ApiDefinition> = {}): ApiDefinition {
  return {
    id: 'api',
    arn: 'arn:aws:appsync:us-east-1:111111111111:apis/api',
    name: 'Rooms',
    schema: SCHEMA,
    defaultAuth: 'API_KEY',
    additionalAuth: ['AWS_IAM'],
    tokenProviders: [],
    apiKeys: [{ key: API_KEY, expires: null }],
    queryDepthLimit: null,
    resolverCountLimit: null,
    introspection: true,
    environment: { STAGE: 'test' },
    dataSources: [
      { name: 'none', type: 'NONE' },
      { name: 'worker', type: 'AWS_LAMBDA', functionArn: FUNCTION_ARN },
    ],
    functions: [],
    resolvers: [
      resolver('Mutation.publishRoom'),
      resolver('Mutation.openRoom'),
      resolver('Mutation.publishStrict'),
      resolver('Mutation.secretRoom'),
    ],
    ...changes,
  };
}
