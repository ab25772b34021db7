import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  parse,
  type DocumentNode,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { resourcesOf, type PlainTemplate } from './plainTemplate.ts';

/** Every field that a request with an API key may read or call. A field that stands in neither list is refused. */
export const API_KEY_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Mutation: ['processOrder', 'confirmOrder', 'cancelOrder'],
  Query: ['order', 'pendingOrders', 'endedOrders'],
  Subscription: ['onOrderStatus'],
  Order: [
    'orderId',
    'orderDetails',
    'requestedBy',
    'isRequesterVerified',
    'status',
    'version',
    'createdAt',
    'updatedAt',
    'deadline',
    'decision',
    'history',
  ],
  Decision: ['kind', 'decidedBy', 'isVerified', 'reason', 'at'],
  OrderPage: ['items', 'nextToken'],
  OrderStatusEvent: ['orderId', 'status', 'version', 'at', 'reason', 'decidedBy', 'deadline', 'reminder'],
};

const PRELUDE = readFileSync(join(import.meta.dirname, '../../appsync.graphql'), 'utf8');
const API_KEY = 'aws_api_key';
/** The directive of each way in which people sign in. */
const SIGN_IN: Readonly<Record<string, string>> = {
  OPENID_CONNECT: 'aws_oidc',
  AMAZON_COGNITO_USER_POOLS: 'aws_cognito_user_pools',
};
const NAMES: Readonly<Record<string, string>> = {
  [API_KEY]: 'An API key',
  aws_oidc: 'A person who is signed in',
  aws_cognito_user_pools: 'A person who is signed in',
};
/** A directive names the callers that may use a field; with one of them the API key, which is the default, may not. */
const ACCESS = /^aws_(api_key|iam|oidc|lambda|cognito_user_pools|auth)$/;

/** What is wrong with the schema and its resolvers, one sentence each. */
export function checkSchema(template: PlainTemplate): readonly string[] {
  return resourcesOf(template, 'AWS::AppSync::GraphQLSchema').flatMap(({ properties }) => {
    const definition = String(properties['Definition']);
    try {
      buildSchema(`${PRELUDE}\n${definition}`);
    } catch (error) {
      return [`The schema is not valid: ${String(Object(error).message)}`];
    }
    const document = parse(definition);
    return [
      ...checkDescriptions(definition),
      ...checkReach(document, template),
      ...checkResolvers(document, template),
      ...checkApi(template),
    ];
  });
}

/** AppSync cannot parse a text before a type or a field, nor some words in a comment of an enum (aws-appsync-community issues 38 and 410). */
function checkDescriptions(definition: string): readonly string[] {
  const isText = /^\s*"|\(\s*"/m.test(definition);
  const enums = definition.match(/^enum [^}]*/gm) ?? [];
  return [
    ...(isText ? ['AppSync cannot parse a description that is a text: it must be a comment.'] : []),
    ...enums
      .filter((text) => /#.*\b(null|true|false)\b/.test(text))
      .map((text) => `AppSync cannot parse null, true or false in a comment of ${text.split(' {')[0]}.`),
  ];
}

/** With signed-in approvers the API key does not decide. */
const DECISIONS = ['confirmOrder', 'cancelOrder'];

/** The ways into the API besides IAM, and the fields that a request reaches by each of them. */
function fieldsByMode(template: PlainTemplate): Readonly<Record<string, typeof API_KEY_FIELDS>> {
  const signIn = authenticationsOf(template)
    .map((way) => SIGN_IN[way])
    .find((mode) => mode !== undefined);
  if (signIn === undefined) return { [API_KEY]: API_KEY_FIELDS };
  const { Mutation = [], ...others } = API_KEY_FIELDS;
  const withoutDecisions = Mutation.filter((field) => !DECISIONS.includes(field));
  return { [API_KEY]: { ...others, Mutation: withoutDecisions }, [signIn]: API_KEY_FIELDS };
}

function checkReach(document: DocumentNode, template: PlainTemplate): readonly string[] {
  return Object.entries(fieldsByMode(template)).flatMap(([mode, allowed]) => {
    const reached = objectTypes(document).flatMap((type) =>
      (type.fields ?? [])
        .filter((field) => isFor(mode, field, type))
        .map((field) => `${type.name.value}.${field.name.value}`),
    );
    const wanted = Object.entries(allowed).flatMap(([type, fields]) =>
      fields.map((field) => `${type}.${field}`),
    );
    return [
      ...reached
        .filter((field) => !wanted.includes(field))
        .map((field) => `${NAMES[mode]} reaches ${field}, which is not on the list of checkSchema.ts.`),
      ...wanted
        .filter((field) => !reached.includes(field))
        .map((field) => `${NAMES[mode]} does not reach ${field}, which clients need.`),
    ];
  });
}

function isFor(mode: string, field: FieldDefinitionNode, type: ObjectTypeDefinitionNode): boolean {
  const own = accessOf(field);
  const access = own.length > 0 ? own : accessOf(type);
  return access.length === 0 ? mode === API_KEY : access.includes(mode);
}

const accessOf = ({ directives = [] }: FieldDefinitionNode | ObjectTypeDefinitionNode): readonly string[] =>
  directives.map(({ name }) => name.value).filter((name) => ACCESS.test(name));

function checkResolvers(document: DocumentNode, template: PlainTemplate): readonly string[] {
  const roots = ['Query', 'Mutation', 'Subscription'];
  const fields = objectTypes(document)
    .filter(({ name }) => roots.includes(name.value))
    .flatMap((type) => (type.fields ?? []).map((field) => `${type.name.value}.${field.name.value}`));
  const resolvers = resourcesOf(template, 'AWS::AppSync::Resolver').map(
    ({ properties }) => `${String(properties['TypeName'])}.${String(properties['FieldName'])}`,
  );
  return [
    ...fields.filter((field) => !resolvers.includes(field)).map((field) => `${field} has no resolver.`),
    ...resolvers
      .filter((resolver) => !fields.includes(resolver))
      .map((resolver) => `There is a resolver of ${resolver}, which the schema does not have.`),
  ];
}

function authenticationsOf(template: PlainTemplate): readonly string[] {
  return resourcesOf(template, 'AWS::AppSync::GraphQLApi').flatMap(({ properties }) =>
    [properties, ...otherWaysIn(properties)].map((way) => String(Object(way).AuthenticationType)),
  );
}

const otherWaysIn = (api: Readonly<Record<string, unknown>>): readonly unknown[] =>
  [api['AdditionalAuthenticationProviders'] ?? []].flat();

/** An API key must not be able to publish: IAM is the second way in, and nothing else is. */
function checkApi(template: PlainTemplate): readonly string[] {
  return resourcesOf(template, 'AWS::AppSync::GraphQLApi').flatMap(({ properties }) => {
    const log = Object(properties['LogConfig']);
    const ways = authenticationsOf(template);
    const plainIssuers = otherWaysIn(properties)
      .map((way) => String(Object(Object(way).OpenIDConnectConfig).Issuer ?? ''))
      .filter((issuer) => issuer.startsWith('http:'));
    const isKnown = /^API_KEY,AWS_IAM(,(OPENID_CONNECT|AMAZON_COGNITO_USER_POOLS))?$/.test(ways.join());
    return [
      ...(isKnown
        ? []
        : [`The API accepts ${ways.join(' and ')}, which is not on the list of checkSchema.ts.`]),
      ...plainIssuers.map(
        (issuer) => `AppSync cannot reach the issuer ${issuer}: it must be one over https.`,
      ),
      ...(log.ExcludeVerboseContent === true ? [] : ['The API logs headers and what users wrote.']),
      ...(log.FieldLogLevel === 'ERROR' ? [] : ['The API logs every field.']),
      ...(properties['Visibility'] === undefined ? [] : ['The API sets Visibility; it must be left out.']),
    ];
  });
}

const objectTypes = (document: DocumentNode): readonly ObjectTypeDefinitionNode[] =>
  document.definitions.filter((definition) => definition.kind === 'ObjectTypeDefinition');
