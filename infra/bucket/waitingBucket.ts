import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { HandlerFunction } from '../handlerFunction.ts';
import { WAITING_LIFECYCLE } from './lifecycleRules.ts';
import { onlyOverTls, privateBucket } from './privateBucket.ts';

/**
 * An object for each order that waits: its task token, under a name that sorts by deadline. Not versioned: a deleted token is
 * gone, and leaves no marker that a listing would have to skip.
 */
export class WaitingBucket extends Construct {
  readonly name: string;
  readonly #arn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const bucket = privateBucket(this, 'Bucket', { lifecycleConfiguration: { rules: WAITING_LIFECYCLE } });
    this.name = bucket.ref;
    this.#arn = bucket.attrArn;
    new CfnBucketPolicy(this, 'Policy', {
      bucket: bucket.ref,
      policyDocument: new PolicyDocument({ statements: [onlyOverTls(bucket.attrArn)] }),
    });
    bucket.applyRemovalPolicy(RemovalPolicy.DESTROY);
    acknowledge(
      bucket,
      'S1',
      'Its objects live as long as a wait. Reads are recorded by the CloudTrail of the account.',
    );
    const stack = Stack.of(bucket);
    const finding = `IAM5[Resource::<${stack.getLogicalId(bucket)}.Arn>/*]`;
    acknowledge(stack, finding, 'There is an object for each order, and orders come after the deployment.');
  }

  /** To resume: without ListBucket a missing token would be 403, not 404. */
  letReadTokens(reader: HandlerFunction): void {
    this.#allow(reader, 's3:GetObject', this.#objects);
    this.letList(reader);
  }

  letWriteTokens(writer: HandlerFunction): void {
    this.#allow(writer, 's3:PutObject', this.#objects);
  }

  letDeleteTokens(deleter: HandlerFunction): void {
    this.#allow(deleter, 's3:DeleteObject', this.#objects);
  }

  letList(lister: HandlerFunction): void {
    this.#allow(lister, 's3:ListBucket', this.#arn);
  }

  get #objects(): string {
    return `${this.#arn}/*`;
  }

  #allow(user: HandlerFunction, action: string, resource: string): void {
    user.setVariable('WAITING_BUCKET_NAME', this.name);
    user.allow([action], resource);
  }
}
