import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Policy, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup, LogGroupClass } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Settings } from '../settings.ts';

export type ApiLogProps = { readonly role: Role; readonly settings: Settings };

/** The API's log, which the role may write. CDK's own way to one with a retention is a function that runs at every deployment. */
export function logApi(scope: Construct, apiId: string, props: ApiLogProps): void {
  const logGroup = new LogGroup(scope, 'Log', {
    logGroupName: `/aws/appsync/apis/${apiId}`,
    // Half the price: AppSync writes about 1.2 KB for each request, and people read it when something is wrong.
    logGroupClass: LogGroupClass.INFREQUENT_ACCESS,
    retention: props.settings.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const write = new PolicyStatement({
    // AppSync's documented log role creates the group, too; it exists by then, but AppSync may give up when that call is denied.
    actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });
  // Not in the role: the API waits for the role, and the log's name for the API.
  const policy = new Policy(scope, 'LogPolicy', { statements: [write] });
  policy.attachToRole(props.role);
}
