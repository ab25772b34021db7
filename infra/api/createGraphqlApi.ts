import { CfnGraphQLApi } from 'aws-cdk-lib/aws-appsync';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { Settings } from '../settings.ts';
import { approverMode } from './approverMode.ts';
import { logApi } from './logApi.ts';

/** The API itself with its log: clients come with a key, and what publishes comes with IAM. */
export function createGraphqlApi(scope: Construct, name: string, settings: Settings): CfnGraphQLApi {
  const logRole = new Role(scope, 'LogRole', { assumedBy: new ServicePrincipal('appsync.amazonaws.com') });
  const api = new CfnGraphQLApi(scope, 'Api', {
    name,
    authenticationType: 'API_KEY',
    additionalAuthenticationProviders: [
      { authenticationType: 'AWS_IAM' },
      ...(settings.approvers === null ? [] : [approverMode(settings.approvers)]),
    ],
    queryDepthLimit: settings.queryDepthLimit,
    resolverCountLimit: settings.resolverCountLimit,
    introspectionConfig: settings.introspection ? 'ENABLED' : 'DISABLED',
    ...(settings.tracing ? { xrayEnabled: true } : {}),
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
  logApi(scope, api.attrApiId, { role: logRole, settings });
  return api;
}
