import { Aws } from 'aws-cdk-lib/core';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription, CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** The topic that alarms publish to, and its mail subscription. */
export class AlarmTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { email }: { readonly email: string }) {
    super(scope, id);
    const topic = new CfnTopic(this, 'Topic');
    this.arn = topic.attrTopicArn;
    const fromAlarms = new PolicyStatement({
      sid: 'FromTheAlarms',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [this.arn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    });
    const onlyOverTls = new PolicyStatement({
      sid: 'OnlyOverTls',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['sns:Publish'],
      resources: [this.arn],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    new CfnTopicPolicy(this, 'Policy', {
      topics: [topic.ref],
      policyDocument: new PolicyDocument({ statements: [fromAlarms, onlyOverTls] }),
    });
    new CfnSubscription(this, 'Email', { topicArn: topic.ref, protocol: 'email', endpoint: email });
  }
}
