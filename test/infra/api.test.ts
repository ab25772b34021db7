import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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

test('serves schema.graphql as it is', () => {
  const schema = readFileSync(join(import.meta.dirname, '../../schema.graphql'), 'utf8');

  expect(theOnly(template, 'AWS::AppSync::GraphQLSchema')['Definition']).toBe(schema);
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
