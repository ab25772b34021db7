import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AnyPrincipal,
  Effect,
  PolicyDocument,
  PolicyStatement,
  type PolicyStatementProps,
} from 'aws-cdk-lib/aws-iam';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { HandlerFunction } from './handlerFunction.ts';

/** The parts of the bucket. Requests and decisions are facts: written once, never deleted. */
const AREAS = {
  requests: 'requests/*.json',
  decisions: 'decisions/*.json',
  tokens: 'tokens/*.json',
  orders: 'orders/*.json',
  pending: 'pending/*',
} as const;

export type Area = keyof typeof AREAS;

const DAY_SECONDS = 86_400;
const SPARE_DAYS = 14; // a failed execution can be redriven for so long
const OLD_VERSIONS_DAYS = 30;

/** Everything that outlives an execution, one object a fact. */
export class OrderBucket extends Construct {
  readonly name: string;
  readonly #arn: string;

  constructor(scope: Construct, id: string, props: { readonly deadlineSeconds: number }) {
    super(scope, id);
    const bucket = new CfnBucket(this, 'Bucket', {
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
      lifecycleConfiguration: { rules: lifecycleRules(props.deadlineSeconds) },
      // Straight to EventBridge: a notification to a function would name the function, whose role names the bucket.
      notificationConfiguration: { eventBridgeConfiguration: { eventBridgeEnabled: true } },
    });
    // The decisions are what an auditor asks for: they and their protection outlive the stack.
    bucket.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.name = bucket.ref;
    this.#arn = bucket.attrArn;
    const policy = new CfnBucketPolicy(this, 'Policy', {
      bucket: bucket.ref,
      policyDocument: this.#policyDocument(),
    });
    policy.applyRemovalPolicy(RemovalPolicy.RETAIN);
    acknowledgeAreas(bucket);
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
    caller.allowWhen(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.#arn], conditions }));
  }

  #policyDocument(): PolicyDocument {
    const facts = [`${this.#arn}/requests/*`, `${this.#arn}/decisions/*`];
    return new PolicyDocument({
      // Kept apart: each Sid says why a request was refused.
      minimize: false,
      statements: [
        deny({
          sid: 'OnlyOverTls',
          actions: ['s3:*'],
          resources: [this.#arn, `${this.#arn}/*`],
          conditions: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
        deny({
          sid: 'FactsAreWrittenOnce',
          actions: ['s3:PutObject'],
          resources: facts,
          conditions: { Null: { 's3:if-none-match': 'true' } },
        }),
        deny({
          sid: 'FactsAreNotDeleted',
          actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
          resources: facts,
        }),
      ],
    });
  }
}

function acknowledgeAreas(bucket: CfnBucket): void {
  const stack = Stack.of(bucket);
  for (const objects of Object.values(AREAS)) {
    const finding = `IAM5[Resource::<${stack.getLogicalId(bucket)}.Arn>/${objects}]`;
    acknowledge(stack, finding, 'There is an object for each order, and orders come after the deployment.');
  }
  acknowledge(bucket, 'S1', 'Every change is a version. Who read what is for the CloudTrail of the account.');
}

function deny(statement: PolicyStatementProps): PolicyStatement {
  return new PolicyStatement({ ...statement, effect: Effect.DENY, principals: [new AnyPrincipal()] });
}

function lifecycleRules(deadlineSeconds: number): CfnBucket.RuleProperty[] {
  // A token is younger than the wait it belongs to; a mark outlives it only when an end was cut short.
  const days = Math.ceil(deadlineSeconds / DAY_SECONDS) + SPARE_DAYS;
  return [
    { id: 'tokens', status: 'Enabled', prefix: 'tokens/', expirationInDays: days },
    { id: 'pending', status: 'Enabled', prefix: 'pending/', expirationInDays: days },
    {
      id: 'old-versions',
      status: 'Enabled',
      noncurrentVersionExpiration: { noncurrentDays: OLD_VERSIONS_DAYS },
      expiredObjectDeleteMarker: true,
      abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
    },
  ];
}
