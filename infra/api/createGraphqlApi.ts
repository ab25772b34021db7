import { CfnGraphQLApi } from 'aws-cdk-lib/aws-appsync';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { logApi } from './logApi.ts';

const QUERY_DEPTH_LIMIT = 20; // the introspection query of GraphiQL is 15 deep; no order is deeper than 4
const RESOLVER_COUNT_LIMIT = 50; // one request may ask for so many orders by alias

/** The API itself with its log: clients come with a key, and what publishes comes with IAM. */
export function createGraphqlApi(scope: Construct, name: string): CfnGraphQLApi {
  const logRole = new Role(scope, 'LogRole', { assumedBy: new ServicePrincipal('appsync.amazonaws.com') });
  const api = new CfnGraphQLApi(scope, 'Api', {
    name,
    authenticationType: 'API_KEY',
    additionalAuthenticationProviders: [{ authenticationType: 'AWS_IAM' }],
    queryDepthLimit: QUERY_DEPTH_LIMIT,
    resolverCountLimit: RESOLVER_COUNT_LIMIT,
    introspectionConfig: 'ENABLED',
    logConfig: {
      cloudWatchLogsRoleArn: logRole.roleArn,
      fieldLogLevel: 'ERROR',
      excludeVerboseContent: true,
    },
  });
  acknowledge(
    api,
    'ASC3',
    'Errors are logged. Whole requests hold what users wrote, and cost more than the API.',
  );
  logApi(scope, api.attrApiId, logRole);
  return api;
}
