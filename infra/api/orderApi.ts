import { CfnDataSource, type CfnGraphQLApi, CfnGraphQLSchema, CfnResolver } from 'aws-cdk-lib/aws-appsync';
import { Aws } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { RESOLVERS, type Resolver, type ResolverBundles } from '../bundle/bundleResolvers.ts';
import type { HandlerFunction } from '../handlerFunction.ts';
import type { ApiHandler } from '../handlers.ts';
import type { Settings } from '../settings.ts';
import { addApiKey } from './addApiKey.ts';
import { createGraphqlApi } from './createGraphqlApi.ts';
import { describeInComments } from './describeInComments.ts';
import { openToApprovers } from './openToApprovers.ts';
import { LambdaDataSource } from './lambdaDataSource.ts';
import { addRateRule } from './rateRule.ts';

export type OrderApiProps = {
  readonly name: string;
  readonly schema: string;
  readonly resolvers: ResolverBundles;
  readonly settings: Settings;
};

const NOTHING = 'nothing';
const DEFAULT_BUS = `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:event-bus/default`;

/** The function behind each field; null: nothing but AppSync itself. */
const BEHIND: Readonly<Record<Resolver, ApiHandler | null>> = {
  'Mutation.processOrder': 'api/processOrder',
  'Mutation.confirmOrder': 'api/confirmOrder',
  'Mutation.cancelOrder': 'api/cancelOrder',
  'Mutation.publishOrderStatus': null,
  'Query.order': 'api/order',
  'Query.pendingOrders': 'api/pendingOrders',
  'Query.endedOrders': 'api/endedOrders',
  'Subscription.onOrderStatus': null,
};

/** The GraphQL API. Its functions are joined to it later, because one of them starts the workflow, whose steps publish here. */
export class OrderApi extends Construct {
  readonly url: string;
  readonly realtimeUrl: string;
  readonly id: string;
  readonly #api: CfnGraphQLApi;
  readonly #schema: CfnGraphQLSchema;
  readonly #settings: Settings;
  readonly #resolvers: ResolverBundles;

  constructor(scope: Construct, id: string, props: OrderApiProps) {
    super(scope, id);
    this.#api = createGraphqlApi(this, props.name, props.settings);
    const apiId = this.#api.attrApiId;
    this.#schema = new CfnGraphQLSchema(this, 'Schema', { apiId, definition: schemaFor(props) });
    const { apiKeyExpires, secondApiKeyExpires, wafRateLimit } = props.settings;
    addApiKey(this, 'Key', { apiId, schema: this.#schema, end: apiKeyExpires });
    addApiKey(this, 'SecondKey', { apiId, schema: this.#schema, end: secondApiKeyExpires });
    if (wafRateLimit !== null)
      addRateRule(this, { name: props.name, apiArn: this.#api.attrArn, maxRequests: wafRateLimit });
    this.#settings = props.settings;
    this.#resolvers = props.resolvers;
    this.id = apiId;
    this.url = this.#api.attrGraphQlUrl;
    this.realtimeUrl = this.#api.attrRealtimeUrl;
  }

  /** Puts a function behind each field that has one. */
  resolveWith(functions: Readonly<Record<ApiHandler, HandlerFunction>>): void {
    const apiId = this.#api.attrApiId;
    const nothing = new CfnDataSource(this, 'Nothing', { apiId, name: NOTHING, type: 'NONE' });
    for (const resolver of RESOLVERS) {
      const handler = BEHIND[resolver];
      const source = handler === null ? nothing.attrName : this.#addSource(resolver, functions[handler]);
      this.#addResolver(resolver, source);
    }
  }

  /** To announce a status. An API key cannot: the field is for IAM alone. */
  letPublish(publisher: HandlerFunction): void {
    publisher.setVariable('GRAPHQL_URL', this.url);
    publisher.allow(['appsync:GraphQL'], `${this.#api.attrArn}/types/Mutation/fields/publishOrderStatus`);
    if (!this.#settings.statusEvents) return;
    publisher.setVariable('EVENTS_URL', `https://events.${Aws.REGION}.${Aws.URL_SUFFIX}/`);
    publisher.allow(['events:PutEvents'], DEFAULT_BUS);
  }

  #addSource(resolver: Resolver, handler: HandlerFunction): string {
    const name = fieldOf(resolver);
    return new LambdaDataSource(this, `Source-${name}`, { apiId: this.#api.attrApiId, name, handler }).name;
  }

  #addResolver(resolver: Resolver, dataSourceName: string): void {
    const resource = new CfnResolver(this, resolver.replace('.', '-'), {
      apiId: this.#api.attrApiId,
      typeName: resolver.slice(0, resolver.indexOf('.')),
      fieldName: fieldOf(resolver),
      kind: 'UNIT',
      dataSourceName,
      runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
      code: this.#resolvers[resolver],
    });
    resource.addResourceDependency(this.#schema);
  }
}

function schemaFor({ schema, settings }: OrderApiProps): string {
  const { approvers } = settings;
  return describeInComments(approvers === null ? schema : openToApprovers(schema, approvers.kind));
}

function fieldOf(resolver: Resolver): string {
  return resolver.slice(resolver.indexOf('.') + 1);
}
