import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { HandlerFunction } from '../handlerFunction.ts';
import type { SafetyNet } from '../recovery/safetyNet.ts';
import type { Settings } from '../settings.ts';
import { AREAS, type Area } from './areas.ts';
import { bucketPolicy } from './bucketPolicy.ts';
import { ForgetRole } from './forgetRole.ts';
import { RECORDS_LIFECYCLE } from './lifecycleRules.ts';
import { privateBucket } from './privateBucket.ts';

export type OrderBucketProps = {
  readonly removalPolicy: Settings['removalPolicy'];
  /** Hears of every new request and decision. */
  readonly safetyNet: SafetyNet;
};

const FACTS = ['requests/', 'decisions/'];

/** The records: everything that outlives an execution, one object a fact. */
export class OrderBucket extends Construct {
  readonly name: string;
  readonly forgetRole: ForgetRole;
  readonly #arn: string;

  constructor(scope: Construct, id: string, props: OrderBucketProps) {
    super(scope, id);
    const bucket = createBucket(this, props);
    // S3 checks at once whether it may send to the queue.
    bucket.addResourceDependency(props.safetyNet.recordsPolicy);
    this.name = bucket.ref;
    this.#arn = bucket.attrArn;
    // The decisions are what an auditor asks for: they and their protection outlive the stack.
    // Only a first deployment that fails takes them away again.
    const removal =
      props.removalPolicy === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
    this.forgetRole = new ForgetRole(this, 'Forget', { bucketArn: bucket.attrArn, removal });
    const policy = new CfnBucketPolicy(this, 'Policy', {
      bucket: bucket.ref,
      policyDocument: bucketPolicy(bucket.attrArn, this.forgetRole.arn),
    });
    bucket.applyRemovalPolicy(removal);
    policy.applyRemovalPolicy(removal);
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

function createBucket(scope: Construct, { safetyNet }: OrderBucketProps): CfnBucket {
  return privateBucket(scope, 'Bucket', {
    versioningConfiguration: { status: 'Enabled' },
    lifecycleConfiguration: { rules: RECORDS_LIFECYCLE },
    notificationConfiguration: {
      queueConfigurations: FACTS.map((prefix) => ({
        event: 's3:ObjectCreated:*',
        queue: safetyNet.records.arn,
        filter: { s3Key: { rules: [{ name: 'prefix', value: prefix }] } },
      })),
    },
  });
}

function acknowledgeFindings(bucket: CfnBucket): void {
  const stack = Stack.of(bucket);
  for (const objects of Object.values(AREAS)) {
    const finding = `IAM5[Resource::<${stack.getLogicalId(bucket)}.Arn>/${objects}]`;
    acknowledge(stack, finding, 'There is an object for each order, and orders come after the deployment.');
  }
  acknowledge(
    bucket,
    'S1',
    'Every change is a version. Reads are recorded by the CloudTrail of the account.',
  );
}
