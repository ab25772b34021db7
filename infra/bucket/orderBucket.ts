import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { HandlerFunction } from '../handlerFunction.ts';
import { AREAS, type Area } from './areas.ts';
import { bucketPolicy } from './bucketPolicy.ts';
import { lifecycleRules } from './lifecycleRules.ts';

/** Everything that outlives an execution, one object a fact. */
export class OrderBucket extends Construct {
  readonly name: string;
  readonly #arn: string;

  constructor(scope: Construct, id: string, props: { readonly deadlineSeconds: number }) {
    super(scope, id);
    const bucket = createBucket(this, props.deadlineSeconds);
    this.name = bucket.ref;
    this.#arn = bucket.attrArn;
    const policy = new CfnBucketPolicy(this, 'Policy', {
      bucket: bucket.ref,
      policyDocument: bucketPolicy(bucket.attrArn),
    });
    // The decisions are what an auditor asks for: they and their protection outlive the stack.
    bucket.applyRemovalPolicy(RemovalPolicy.RETAIN);
    policy.applyRemovalPolicy(RemovalPolicy.RETAIN);
    acknowledgeFindings(bucket);
  }

  letRead(reader: HandlerFunction, ...areas: readonly Area[]): void {
    reader.setVariable('BUCKET_NAME', this.name);
    reader.allow(['s3:GetObject'], ...this.#objects(areas));
    this.#letSee(reader, areas);
  }

  letWrite(writer: HandlerFunction, ...areas: readonly Area[]): void {
    writer.setVariable('BUCKET_NAME', this.name);
    writer.allow(['s3:PutObject'], ...this.#objects(areas));
  }

  letDelete(deleter: HandlerFunction, ...areas: readonly Area[]): void {
    deleter.setVariable('BUCKET_NAME', this.name);
    deleter.allow(['s3:DeleteObject'], ...this.#objects(areas));
  }

  letList(lister: HandlerFunction, ...areas: readonly Area[]): void {
    lister.setVariable('BUCKET_NAME', this.name);
    this.#letSee(lister, areas);
  }

  #objects(areas: readonly Area[]): readonly string[] {
    return areas.map((area) => `${this.#arn}/${AREAS[area]}`);
  }

  /**
   * Without ListBucket a missing object is 403, not 404. A GetObject carries no prefix, so the condition must let that
   * pass (IfExists); it keeps a caller from listing another area by its name.
   */
  #letSee(caller: HandlerFunction, areas: readonly Area[]): void {
    const conditions = { StringLikeIfExists: { 's3:prefix': areas.map((area) => `${area}/*`) } };
    const statement = { actions: ['s3:ListBucket'], resources: [this.#arn], conditions };
    caller.allowWhen(new PolicyStatement(statement));
  }
}

function createBucket(scope: Construct, deadlineSeconds: number): CfnBucket {
  return new CfnBucket(scope, 'Bucket', {
    bucketEncryption: {
      serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
    },
    versioningConfiguration: { status: 'Enabled' },
    ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
    publicAccessBlockConfiguration: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    lifecycleConfiguration: { rules: lifecycleRules(deadlineSeconds) },
    // Straight to EventBridge: a notification to a function would name the function, whose role names the bucket.
    notificationConfiguration: { eventBridgeConfiguration: { eventBridgeEnabled: true } },
  });
}

function acknowledgeFindings(bucket: CfnBucket): void {
  const stack = Stack.of(bucket);
  for (const objects of Object.values(AREAS)) {
    const finding = `IAM5[Resource::<${stack.getLogicalId(bucket)}.Arn>/${objects}]`;
    acknowledge(stack, finding, 'There is an object for each order, and orders come after the deployment.');
  }
  acknowledge(bucket, 'S1', 'Every change is a version. Who read what is for the CloudTrail of the account.');
}
