import { RemovalPolicy } from 'aws-cdk-lib';
import { Policy, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** The API's log, which `role` may write. CDK's own way to one with a retention is a function that runs at every deployment. */
export function logApi(scope: Construct, apiId: string, role: Role): void {
  const logGroup = new LogGroup(scope, 'Log', {
    logGroupName: `/aws/appsync/apis/${apiId}`,
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const write = new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });
  // Not in the role: the API waits for the role, and the log's name for the API.
  const policy = new Policy(scope, 'LogPolicy', { statements: [write] });
  policy.attachToRole(role);
}
