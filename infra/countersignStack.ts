import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib/core';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { applyApprovalRules, approvalOutputs } from './approvalRules.ts';
import { GO_WITH_THE_STACK } from './checks/checkRecords.ts';
import type { ResolverBundles } from './bundle/bundleResolvers.ts';
import { grantPermissions } from './grantPermissions.ts';
import { HandlerFunction } from './handlerFunction.ts';
import { HANDLERS, type Handler } from './handlers.ts';
import { OrderApi } from './api/orderApi.ts';
import { OrderBucket } from './bucket/orderBucket.ts';
import { WaitingBucket } from './bucket/waitingBucket.ts';
import { encryptWithOwnKey } from './encryptWithOwnKey.ts';
import { recordOf } from './recordOf.ts';
import { SafetyNet } from './recovery/safetyNet.ts';
import type { Settings } from './settings.ts';
import { Alarms } from './watch/alarms.ts';
import { addDashboard } from './watch/dashboard.ts';
import { metricsNamespace, type Watched } from './watch/watched.ts';
import { OrderWorkflow } from './workflow/orderWorkflow.ts';

export type CountersignStackProps = StackProps & {
  readonly settings: Settings;
  readonly schema: string;
  /** The folder with a bundle for each handler. */
  readonly bundles: string;
  readonly resolvers: ResolverBundles;
};

/** Everything that Countersign is on AWS, and what the local cloud runs. */
export class CountersignStack extends Stack {
  constructor(scope: Construct, id: string, props: CountersignStackProps) {
    super(scope, id, props);
    const { settings, schema, resolvers, bundles } = props;
    if (settings.removalPolicy === 'destroy') this.templateOptions.metadata = { Records: GO_WITH_THE_STACK };
    // One log for all: what happened to an order is read in one place.
    const logGroup = new LogGroup(this, 'FunctionLog', {
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const functions = recordOf(
      HANDLERS,
      (handler) => new HandlerFunction(this, constructId(handler), { handler, bundles, logGroup, settings }),
    );
    const safetyNet = new SafetyNet(this, 'SafetyNet');
    const { removalPolicy } = settings;
    const bucket = new OrderBucket(this, 'Orders', { removalPolicy, safetyNet });
    const waiting = new WaitingBucket(this, 'Waiting');
    const api = new OrderApi(this, 'Api', {
      name: this.stackName,
      schema,
      resolvers,
      settings,
    });
    const workflow = new OrderWorkflow(this, 'Workflow', { steps: functions, settings });
    api.resolveWith(functions);
    applyApprovalRules(functions, settings);
    grantPermissions(functions, { bucket, waiting, api, workflow });
    safetyNet.watch({ functions, stateMachineArn: workflow.arn });
    const watched: Watched = {
      stackName: this.stackName,
      stateMachineArn: workflow.arn,
      apiId: api.id,
      deadLetterQueueName: safetyNet.deadLetters.name,
      executionsDeadLetterQueueName: safetyNet.executionsDeadLetters.name,
      namespace: metricsNamespace(settings),
    };
    const alarms = new Alarms(this, 'Alarms', { watched, email: settings.alarmEmail });
    addDashboard(this, watched, alarms.arns);
    if (settings.customerManagedKey)
      encryptWithOwnKey(this, [...Object.values(functions), bucket.forgetRole], settings);
    this.#addOutputs({
      GraphQLUrl: api.url,
      RealtimeUrl: api.realtimeUrl,
      ApiId: api.id,
      StateMachineArn: workflow.arn,
      BucketName: bucket.name,
      WaitingBucketName: waiting.name,
      DeadLetterQueueArn: safetyNet.deadLetters.arn,
      ExecutionsQueueArn: safetyNet.executions.arn,
      ExecutionsDeadLetterQueueArn: safetyNet.executionsDeadLetters.arn,
      ForgetRoleArn: bucket.forgetRole.arn,
      ...approvalOutputs(settings),
    });
  }

  #addOutputs(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}

/** `steps/processOrder` is StepsProcessOrder: two folders have a handler of that name. */
function constructId(handler: Handler): string {
  return handler
    .split('/')
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join('');
}
