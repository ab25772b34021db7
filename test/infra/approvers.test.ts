import { buildSchema, type GraphQLNamedType, type GraphQLObjectType, isObjectType } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openToApprovers } from '../../infra/api/openToApprovers.ts';
import { parseSettings } from '../../infra/settings.ts';
import { theOnly } from '../../infra/checks/plainTemplate.ts';
import { synthesizeApp } from '../support/synthesizeApp.ts';

const ROOT = join(import.meta.dirname, '../..');
const SCHEMA = readFileSync(join(ROOT, 'schema.graphql'), 'utf8');
const APPSYNC = readFileSync(join(ROOT, 'appsync.graphql'), 'utf8');

/** Every field of a root type and every type of an answer, with its marks. */
function marksOf(schema: string): Readonly<Record<string, string>> {
  const types = Object.values(buildSchema(`${APPSYNC}\n${schema}`).getTypeMap()).filter(isOurs);
  const roots = types.filter(({ name }) => /^(Query|Mutation|Subscription)$/.test(name));
  const marked = [
    ...roots.flatMap((type) =>
      Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const),
    ),
    ...types.filter((type) => !roots.includes(type)).map((type) => [type.name, type] as const),
  ];
  return Object.fromEntries(
    marked.map(([name, { astNode }]) => [
      name,
      (astNode?.directives ?? [])
        .map((directive) => directive.name.value)
        .filter((directive) => directive !== 'aws_subscribe')
        .join(' '),
    ]),
  );
}

function isOurs(type: GraphQLNamedType): type is GraphQLObjectType {
  return isObjectType(type) && !type.name.startsWith('__');
}

describe('who may use what', () => {
  test('with API keys alone: everything but publishing is open to the key', () => {
    expect(marksOf(SCHEMA)).toEqual({
      'Mutation.processOrder': '',
      'Mutation.confirmOrder': '',
      'Mutation.cancelOrder': '',
      'Mutation.publishOrderStatus': 'aws_iam',
      'Query.order': '',
      'Query.pendingOrders': '',
      'Query.endedOrders': '',
      'Subscription.onOrderStatus': '',
      Order: 'aws_api_key aws_iam',
      Decision: 'aws_api_key aws_iam',
      OrderPage: 'aws_api_key aws_iam',
      OrderStatusEvent: 'aws_api_key aws_iam',
    });
  });

  test.each([
    ['oidc', 'aws_oidc'],
    ['cognito', 'aws_cognito_user_pools'],
  ] as const)(
    'with approvers of %s: decisions are for people who are signed in, and for nobody else',
    (kind, mark) => {
      expect(marksOf(openToApprovers(SCHEMA, kind))).toEqual({
        'Mutation.processOrder': `aws_api_key ${mark}`,
        'Mutation.confirmOrder': mark,
        'Mutation.cancelOrder': mark,
        'Mutation.publishOrderStatus': 'aws_iam',
        'Query.order': `aws_api_key ${mark}`,
        'Query.pendingOrders': `aws_api_key ${mark}`,
        'Query.endedOrders': `aws_api_key ${mark}`,
        'Subscription.onOrderStatus': `aws_api_key ${mark}`,
        Order: `aws_api_key aws_iam ${mark}`,
        Decision: `aws_api_key aws_iam ${mark}`,
        OrderPage: `aws_api_key aws_iam ${mark}`,
        OrderStatusEvent: `aws_api_key aws_iam ${mark}`,
      });
    },
  );
});

test('a user pool is named with its region and client', async () => {
  const { template } = await synthesizeApp({
    context: { approvers: 'cognito:eu-central-1_AbCdEfGhI,client1' },
  });

  expect(theOnly(template, 'AWS::AppSync::GraphQLApi')['AdditionalAuthenticationProviders']).toEqual([
    { AuthenticationType: 'AWS_IAM' },
    {
      AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
      UserPoolConfig: {
        UserPoolId: 'eu-central-1_AbCdEfGhI',
        AwsRegion: 'eu-central-1',
        AppIdClientRegex: '^client1$',
      },
    },
  ]);
  expect(template.outputs).toMatchObject({
    SignInIssuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI',
    SignInClientId: 'client1',
  });
});

test.each([
  [
    { approvers: 'oidc:login.example.com,web' },
    'approvers is "oidc:login.example.com,web"; it must be oidc:ISSUER,CLIENT_ID',
  ],
  [
    { approvers: 'oidc:http://login.example.com,web' },
    'it must be oidc:ISSUER,CLIENT_ID with the https address',
  ],
  [{ approvers: 'cognito:pool,web' }, 'or cognito:USER_POOL_ID,CLIENT_ID'],
  [{ approvers: 'oidc:https://login.example.com' }, 'it must be oidc:ISSUER,CLIENT_ID'],
  [{ approverGroup: 'admins' }, 'approverGroup is "admins", but approvers is "off"'],
  [{ selfApproval: 'no' }, 'selfApproval is "no"; it must be "allowed" or "refused".'],
])('refuses %j with one sentence', (context, sentence) => {
  expect(() => parseSettings(context, 0)).toThrow(sentence);
});
