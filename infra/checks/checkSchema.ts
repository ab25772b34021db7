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
/** A directive that names who may use a field; one of them takes the default, the API key, away. */
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
    return [...checkReach(document), ...checkResolvers(document, template), ...checkApi(template)];
  });
}

function checkReach(document: DocumentNode): readonly string[] {
  const reached = objectTypes(document).flatMap((type) =>
    (type.fields ?? [])
      .filter((field) => isForApiKey(field, type))
      .map((field) => [type.name.value, field.name.value] as const),
  );
  const extra = reached.filter(([type, field]) => !(API_KEY_FIELDS[type] ?? []).includes(field));
  const missing = Object.entries(API_KEY_FIELDS).flatMap(([type, fields]) =>
    fields
      .filter((field) => !reached.some(([t, f]) => t === type && f === field))
      .map((field) => `${type}.${field}`),
  );
  return [
    ...extra.map(
      ([type, field]) => `An API key reaches ${type}.${field}, which is not on the list of checkSchema.ts.`,
    ),
    ...missing.map((field) => `An API key does not reach ${field}, which clients need.`),
  ];
}

function isForApiKey(field: FieldDefinitionNode, type: ObjectTypeDefinitionNode): boolean {
  const own = accessOf(field);
  const access = own.length > 0 ? own : accessOf(type);
  return access.length === 0 || access.includes(API_KEY);
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

/** An API key must not be able to publish: IAM is the second way in, and nothing else is. */
function checkApi(template: PlainTemplate): readonly string[] {
  return resourcesOf(template, 'AWS::AppSync::GraphQLApi').flatMap(({ properties }) => {
    const log = Object(properties['LogConfig']);
    const others = [properties['AdditionalAuthenticationProviders'] ?? []].flat();
    const ways = [
      properties['AuthenticationType'],
      ...others.map((other) => Object(other).AuthenticationType),
    ];
    return [
      ...(ways.join() === 'API_KEY,AWS_IAM' ? [] : [`The API lets in by ${ways.join(' and ')}.`]),
      ...(log.ExcludeVerboseContent === true ? [] : ['The log of the API has headers and what users wrote.']),
      ...(log.FieldLogLevel === 'ERROR' ? [] : ['The log of the API has every field.']),
      ...(properties['Visibility'] === undefined ? [] : ['The API has another visibility.']),
    ];
  });
}

const objectTypes = (document: DocumentNode): readonly ObjectTypeDefinitionNode[] =>
  document.definitions.filter((definition) => definition.kind === 'ObjectTypeDefinition');
