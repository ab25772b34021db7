import { Aws, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { HandlerFunction } from '../handlerFunction.ts';
import { STEP_HANDLERS, type StepHandler } from '../handlers.ts';
import { recordOf } from '../recordOf.ts';
import type { Settings } from '../settings.ts';
import { defineWorkflow } from './defineWorkflow.ts';

export type OrderWorkflowProps = {
  readonly steps: Readonly<Record<StepHandler, HandlerFunction>>;
  readonly settings: Settings;
};

/** What Step Functions needs to write a log; none of these actions knows a resource. */
const LOG_DELIVERY = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];

/** The state machine, its role and its log. */
export class OrderWorkflow extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { steps, settings }: OrderWorkflowProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const functionArns = recordOf(STEP_HANDLERS, (handler) => steps[handler].arn);
    const definition = defineWorkflow({ partition: Aws.PARTITION, functionArns, settings });
    const logGroup = new LogGroup(this, 'Log', {
      // With this prefix the log needs no line in the account's one resource policy, which is short.
      logGroupName: `/aws/vendedlogs/states/${stack.stackName}`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const machine = new CfnStateMachine(this, 'StateMachine', {
      stateMachineType: 'STANDARD',
      definitionString: stack.toJsonString(definition),
      roleArn: createRole(this, { functionArns: Object.values(functionArns), settings }).roleArn,
      ...(settings.tracing ? { tracingConfiguration: { enabled: true } } : {}),
      loggingConfiguration: {
        level: 'ERROR',
        // The task token is in the state's input.
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logGroup.logGroupArn } }],
      },
    });
    acknowledge(
      machine,
      'SF1',
      'The history has every event for 90 days. The log of all costs $12 a million orders.',
    );
    if (!settings.tracing) acknowledge(machine, 'SF2', 'The setting says so; the history tells the same.');
    this.arn = machine.ref;
  }

  letStart(starter: HandlerFunction): void {
    starter.setVariable('STATE_MACHINE_ARN', this.arn);
    starter.allow(['states:StartExecution'], this.arn);
  }

  /**
   * To go on after a pause, with a task token that was stored. AWS's Service Authorization Reference lists no resource for
   * these actions; they are authorized on the state machine all the same (aws-cdk issue 8486, `grantTaskResponse`).
   */
  letResume(resumer: HandlerFunction): void {
    resumer.allow(['states:SendTaskSuccess', 'states:SendTaskFailure'], this.arn);
  }
}

/** What Step Functions needs for traces. */
const TRACE = [
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

type RoleProps = { readonly functionArns: readonly string[]; readonly settings: Settings };

function createRole(scope: Construct, { functionArns, settings }: RoleProps): Role {
  const invoke = new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [...functionArns] });
  const watch = new PolicyStatement({
    actions: [...LOG_DELIVERY, ...(settings.tracing ? TRACE : [])],
    resources: ['*'],
  });
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('states.amazonaws.com'),
    inlinePolicies: { Steps: new PolicyDocument({ statements: [invoke, watch] }) },
  });
  acknowledge(
    role,
    'IAM5[Resource::*]',
    'Log delivery and traces have no resources that a policy could name.',
  );
  return role;
}
