import { Duration } from 'aws-cdk-lib/core';
import { Policy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { bundleFolder } from './bundle/bundleFunctions.ts';
import type { Handler } from './handlers.ts';
import type { Settings } from './settings.ts';
import { metricsNamespace } from './watch/watched.ts';

export type HandlerFunctionProps = {
  readonly handler: Handler;
  readonly bundles: string;
  readonly logGroup: LogGroup;
  readonly settings: Settings;
};

export const FUNCTION_TIMEOUT_SECONDS = 10; // three SDK calls of up to 3 attempts fit; a resolver waits for 30 s at most
const MEMORY_MEGABYTES = 256;
const TRACE = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments']; // they know no resource

/** A Lambda function with a role of its own, which starts with nothing but writing its log. */
export class HandlerFunction extends Construct {
  readonly arn: string;
  readonly name: string;
  /** How many instances it may have; null: as many as the account. */
  readonly reservedConcurrency: number | null;
  /** Not a child of the role: the function would wait for it, and it names things that wait for the function. */
  readonly policy: Policy;
  readonly #function: Function;

  constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    const { handler, bundles, logGroup, settings } = props;
    const role = this.#createRole(logGroup, settings);
    this.reservedConcurrency = settings.reservedConcurrency;
    this.policy = new Policy(this, 'Policy', { roles: [role] });
    this.#function = new Function(this, 'Function', {
      description: `functions/${handler}.ts`,
      code: Code.fromAsset(bundleFolder(bundles, handler)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: MEMORY_MEGABYTES,
      timeout: Duration.seconds(timeoutSecondsOf(handler, settings)),
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN, // lines of START and REPORT cost more than those that say something
      logGroup,
      tracing: settings.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      ...(settings.reservedConcurrency === null
        ? {}
        : { reservedConcurrentExecutions: settings.reservedConcurrency }),
      // CDK would add X-Ray's actions to the role in a policy of their own.
      role: role.withoutPolicyUpdates(),
    });
    this.arn = this.#function.functionArn;
    this.name = this.#function.functionName;
    this.setVariable('NODE_OPTIONS', '--enable-source-maps'); // stack traces name lines of functions/
    if (settings.stage !== null) this.setVariable('METRICS_NAMESPACE', metricsNamespace(settings));
  }

  /** Called by the verbs of what the function uses; they set the variable that goes with the permission. */
  allow(actions: readonly string[], ...resources: readonly string[]): void {
    this.policy.addStatements(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }

  allowWhen(statement: PolicyStatement): void {
    this.policy.addStatements(statement);
  }

  setVariable(name: string, value: string): void {
    this.#function.addEnvironment(name, value);
  }

  /**
   * Log and traces stand in the role itself, because the function waits for its role and not for the policy: Lambda refuses to
   * make a traced function whose role may not write traces at that moment (serverless-application-model issue 225).
   */
  #createRole(logGroup: LogGroup, { tracing }: Settings): Role {
    const write = (actions: string[], resource: string) =>
      new PolicyStatement({ actions, resources: [resource] });
    const statements = [write(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn)];
    if (tracing) statements.push(write(TRACE, '*'));
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Log: new PolicyDocument({ statements }) },
    });
    if (tracing) acknowledge(role, 'IAM5[Resource::*]', 'X-Ray has no resources that a policy could name.');
    return role;
  }
}

/** A step has the time of own work, which it may hold. */
const timeoutSecondsOf = (handler: Handler, { workTimeoutSeconds }: Settings): number =>
  handler.startsWith('steps/') ? workTimeoutSeconds : FUNCTION_TIMEOUT_SECONDS;
