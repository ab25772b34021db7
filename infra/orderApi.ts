import { RemovalPolicy } from 'aws-cdk-lib';
import {
  CfnApiKey,
  CfnDataSource,
  CfnGraphQLApi,
  CfnGraphQLSchema,
  CfnResolver,
} from 'aws-cdk-lib/aws-appsync';
import { Policy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { RESOLVERS, type Resolver, type ResolverBundles } from './bundle/bundleResolvers.ts';
import { acknowledge } from './acknowledge.ts';
import type { HandlerFunction } from './handlerFunction.ts';
import type { ApiHandler } from './handlers.ts';

export type OrderApiProps = {
  readonly name: string;
  readonly schema: string;
  readonly resolvers: ResolverBundles;
  /** Epoch seconds, or null for AppSync's own default of 7 days. */
  readonly apiKeyExpires: number | null;
};

const QUERY_DEPTH_LIMIT = 20; // the introspection query of GraphiQL is 15 deep; no order is deeper than 4
const RESOLVER_COUNT_LIMIT = 50; // one request may ask for so many orders by alias

/** The function behind each field; null: nothing but AppSync itself. */
const BEHIND: Readonly<Record<Resolver, ApiHandler | null>> = {
  'Mutation.processOrder': 'api/processOrder',
  'Mutation.confirmOrder': 'api/confirmOrder',
  'Mutation.cancelOrder': 'api/cancelOrder',
  'Mutation.publishOrderStatus': null,
  'Query.order': 'api/order',
  'Query.pendingOrders': 'api/pendingOrders',
  'Subscription.onOrderStatus': null,
};

/** The GraphQL API. Its functions are joined to it later, because one of them starts the workflow, whose steps publish here. */
export class OrderApi extends Construct {
  readonly url: string;
  readonly realtimeUrl: string;
  readonly apiKey: string;
  readonly #api: CfnGraphQLApi;
  readonly #schema: CfnGraphQLSchema;
  readonly #resolvers: ResolverBundles;

  constructor(scope: Construct, id: string, props: OrderApiProps) {
    super(scope, id);
    const logRole = new Role(this, 'LogRole', { assumedBy: new ServicePrincipal('appsync.amazonaws.com') });
    this.#api = new CfnGraphQLApi(this, 'Api', {
      name: props.name,
      authenticationType: 'API_KEY',
      additionalAuthenticationProviders: [{ authenticationType: 'AWS_IAM' }],
      queryDepthLimit: QUERY_DEPTH_LIMIT,
      resolverCountLimit: RESOLVER_COUNT_LIMIT,
      introspectionConfig: 'ENABLED',
      // Verbose logs cost more than the requests, and would hold what users wrote.
      logConfig: {
        cloudWatchLogsRoleArn: logRole.roleArn,
        fieldLogLevel: 'ERROR',
        excludeVerboseContent: true,
      },
    });
    acknowledge(
      this.#api,
      'ASC3',
      'Errors are logged. Whole requests hold what users wrote, and cost more than the API.',
    );
    this.#logTo(logRole);
    this.#schema = new CfnGraphQLSchema(this, 'Schema', {
      apiId: this.#api.attrApiId,
      definition: props.schema,
    });
    const key = new CfnApiKey(this, 'Key', {
      apiId: this.#api.attrApiId,
      ...(props.apiKeyExpires === null ? {} : { expires: props.apiKeyExpires }),
    });
    this.#resolvers = props.resolvers;
    this.url = this.#api.attrGraphQlUrl;
    this.realtimeUrl = this.#api.attrRealtimeUrl;
    this.apiKey = key.attrApiKey;
  }

  /** Puts a function behind each field that has one. */
  resolveWith(functions: Readonly<Record<ApiHandler, HandlerFunction>>): void {
    const nothing = this.#addDataSource('nothing', null);
    for (const resolver of RESOLVERS) {
      const handler = BEHIND[resolver];
      const [typeName = '', fieldName = ''] = resolver.split('.');
      const source = handler === null ? nothing : this.#addDataSource(fieldName, functions[handler]);
      const resource = new CfnResolver(this, `${typeName}-${fieldName}`, {
        apiId: this.#api.attrApiId,
        typeName,
        fieldName,
        kind: 'UNIT',
        dataSourceName: source.attrName,
        runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
        code: this.#resolvers.get(resolver) ?? '',
      });
      resource.addResourceDependency(this.#schema);
    }
  }

  /** To announce a status. An API key cannot: the field is for IAM alone. */
  letPublish(publisher: HandlerFunction): void {
    publisher.setVariable('GRAPHQL_URL', this.url);
    publisher.allow(['appsync:GraphQL'], `${this.#api.attrArn}/types/Mutation/fields/publishOrderStatus`);
  }

  #addDataSource(name: string, behind: HandlerFunction | null): CfnDataSource {
    const source = { apiId: this.#api.attrApiId, name };
    if (behind === null) return new CfnDataSource(this, `Source-${name}`, { ...source, type: 'NONE' });
    const invoke = new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [behind.arn] });
    const role = new Role(this, `SourceRole-${name}`, {
      assumedBy: new ServicePrincipal('appsync.amazonaws.com'),
      inlinePolicies: { Invoke: new PolicyDocument({ statements: [invoke] }) },
    });
    return new CfnDataSource(this, `Source-${name}`, {
      ...source,
      type: 'AWS_LAMBDA',
      lambdaConfig: { lambdaFunctionArn: behind.arn },
      serviceRoleArn: role.roleArn,
    });
  }

  /** CDK's own way to a log with a retention is a function that runs at every deployment. */
  #logTo(role: Role): void {
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/appsync/apis/${this.#api.attrApiId}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const write = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    });
    // Not in the role: the API waits for the role, and the log's name for the API.
    const policy = new Policy(this, 'LogPolicy', { statements: [write] });
    policy.attachToRole(role);
  }
}
