import type { Danger } from './danger.ts';

export const API_DANGERS: readonly Danger[] = [
  [
    'publishing with an API key',
    (t) => t.schema(' @aws_iam\n}', '\n}'),
    /An API key reaches Mutation.publishOrderStatus/,
  ],
  [
    'a new field that an API key reads',
    (t) =>
      t.schema(
        'type Order @aws_api_key @aws_iam {',
        'type Order @aws_api_key @aws_iam {\n  taskToken: String',
      ),
    /An API key reaches Order.taskToken/,
  ],
  [
    'a type that clients cannot read any more',
    (t) => t.schema('type Decision @aws_api_key @aws_iam', 'type Decision @aws_iam'),
    /An API key does not reach Decision.kind/,
  ],
  [
    'a schema that AppSync cannot read',
    (t) => t.schema('type Decision', 'type type Decision'),
    /The schema is not valid/,
  ],
  [
    'a description that AppSync cannot read',
    (t) => t.schema('type Decision', '"A decision."\ntype Decision'),
    /AppSync cannot parse a description that is a text/,
  ],
  [
    'a comment that AppSync cannot read',
    (t) => t.schema('enum DecisionKind {', 'enum DecisionKind {\n  #Not null.'),
    /cannot parse null, true or false in a comment of enum DecisionKind/,
  ],
  [
    'a field without a resolver',
    (t) => t.schema('type Query {', 'type Query {\n  health: String @aws_iam'),
    /Query.health has no resolver/,
  ],
  [
    'a resolver without a field',
    (t) => t.each('AWS::AppSync::Resolver', (p) => void (p.FieldName = `${p.FieldName}2`)),
    /resolver of Query.order2/,
  ],
  [
    'requests in the log',
    (t) => t.each('AWS::AppSync::GraphQLApi', (p) => void (p.LogConfig.ExcludeVerboseContent = false)),
    /headers and what users wrote/,
  ],
  [
    'another way into the API',
    (t) =>
      t.each('AWS::AppSync::GraphQLApi', (p) =>
        p.AdditionalAuthenticationProviders.push({ AuthenticationType: 'AWS_LAMBDA' }),
      ),
    /accepts API_KEY and AWS_IAM and AWS_LAMBDA/,
  ],
  [
    'an issuer of this machine',
    (t) =>
      t.each('AWS::AppSync::GraphQLApi', (p) =>
        p.AdditionalAuthenticationProviders.push({
          AuthenticationType: 'OPENID_CONNECT',
          OpenIDConnectConfig: { Issuer: 'http://localhost:9000' },
        }),
      ),
    /AppSync cannot reach the issuer http:\/\/localhost:9000/,
  ],
];
