import { CfnDataSource } from 'aws-cdk-lib/aws-appsync';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { HandlerFunction } from '../handlerFunction.ts';

export type LambdaDataSourceProps = {
  readonly apiId: string;
  readonly name: string;
  readonly handler: HandlerFunction;
};

/** A function behind the API, with a role that may call this function alone. */
export class LambdaDataSource extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, { apiId, name, handler }: LambdaDataSourceProps) {
    super(scope, id);
    const invoke = new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [handler.arn] });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('appsync.amazonaws.com'),
      inlinePolicies: { Invoke: new PolicyDocument({ statements: [invoke] }) },
    });
    const source = new CfnDataSource(this, 'Source', {
      apiId,
      name,
      type: 'AWS_LAMBDA',
      lambdaConfig: { lambdaFunctionArn: handler.arn },
      serviceRoleArn: role.roleArn,
    });
    this.name = source.attrName;
  }
}
