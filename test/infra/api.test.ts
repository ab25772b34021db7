import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, print, visit } from 'graphql';
import { describe, expect, test } from 'vitest';
import { loadSchema } from '../../local/services/appsync/schema/loadSchema.ts';
import { resourcesOf, theOnly } from '../../infra/checks/plainTemplate.ts';
import { synthesizeApp } from '../support/synthesizeApp.ts';

const { template } = await synthesizeApp();

test('takes an API key, and IAM besides', () => {
  expect(theOnly(template, 'AWS::AppSync::GraphQLApi')).toMatchObject({
    AuthenticationType: 'API_KEY',
    AdditionalAuthenticationProviders: [{ AuthenticationType: 'AWS_IAM' }],
    QueryDepthLimit: 20,
    ResolverCountLimit: 10,
    LogConfig: { FieldLogLevel: 'ERROR', ExcludeVerboseContent: true },
  });
});

describe('serves schema.graphql', () => {
  const read = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
  const schema = read('schema.graphql');
  const served = String(theOnly(template, 'AWS::AppSync::GraphQLSchema')['Definition']);
  const withoutDescriptions = (text: string) =>
    print(visit(parse(text), { enter: (node) => ({ ...node, description: undefined }) }));

  test('as it is but for the descriptions', () => {
    expect(withoutDescriptions(served)).toBe(withoutDescriptions(schema));
  });

  // AppSync cannot parse a description that is a text, and the first deployment would fail.
  test('with each description as a comment', () => {
    const described: string[] = [];
    visit(parse(schema), {
      StringValue: ({ value }, key) => void (key === 'description' && described.push(`#${value}`)),
    });

    expect(described.length).toBeGreaterThan(60);
    expect(served.match(/^ *#.*$/gm)?.map((line) => line.trim())).toEqual(described);
    expect(served.match(/"[^"]*"/g)).toEqual(['"publishOrderStatus"']);
  });

  test('with all descriptions in introspection', () => {
    const own = buildSchema(`${read('appsync.graphql')}${schema}`);
    const local = loadSchema(served)?.schema;

    expect(local?.getType('OrderStatus')?.description).toBe(own.getType('OrderStatus')?.description);
    expect(local?.getQueryType()?.getFields()['order']?.args[0]?.description).toBe(
      "The order's id, as returned by processOrder.",
    );
  });
});

test('resolves every field of the API, with its own function or with none', () => {
  const resolvers = resourcesOf(template, 'AWS::AppSync::Resolver').map(({ properties }) => [
    `${properties['TypeName']}.${properties['FieldName']}`,
    properties['DataSourceName'],
  ]);

  expect(resolvers).toEqual([
    ['Mutation.processOrder', '<ApiSourceprocessOrderSource.Name>'],
    ['Mutation.confirmOrder', '<ApiSourceconfirmOrderSource.Name>'],
    ['Mutation.cancelOrder', '<ApiSourcecancelOrderSource.Name>'],
    ['Mutation.publishOrderStatus', '<ApiNothing.Name>'],
    ['Query.order', '<ApiSourceorderSource.Name>'],
    ['Query.pendingOrders', '<ApiSourcependingOrdersSource.Name>'],
    ['Query.endedOrders', '<ApiSourceendedOrdersSource.Name>'],
    ['Subscription.onOrderStatus', '<ApiNothing.Name>'],
  ]);
});

test('runs every resolver as APPSYNC_JS from the text in the template', () => {
  for (const { properties } of resourcesOf(template, 'AWS::AppSync::Resolver')) {
    expect(properties['Runtime']).toEqual({ Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' });
    expect(properties['Code']).toContain('export {');
  }
});

test('joins each data source to the function of its name', () => {
  const sources = resourcesOf(template, 'AWS::AppSync::DataSource').map(({ properties }) => [
    properties['Name'],
    properties['Type'],
    Object(properties['LambdaConfig']).LambdaFunctionArn,
  ]);

  expect(sources).toEqual([
    ['nothing', 'NONE', undefined],
    ['processOrder', 'AWS_LAMBDA', '<api/processOrder.Arn>'],
    ['confirmOrder', 'AWS_LAMBDA', '<api/confirmOrder.Arn>'],
    ['cancelOrder', 'AWS_LAMBDA', '<api/cancelOrder.Arn>'],
    ['order', 'AWS_LAMBDA', '<api/order.Arn>'],
    ['pendingOrders', 'AWS_LAMBDA', '<api/pendingOrders.Arn>'],
    ['endedOrders', 'AWS_LAMBDA', '<api/endedOrders.Arn>'],
  ]);
});
