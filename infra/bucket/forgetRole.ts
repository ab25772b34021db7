import type { RemovalPolicy } from 'aws-cdk-lib/core';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AREAS, type Area } from './areas.ts';

export type ForgetRoleProps = { readonly bucketArn: string; readonly removal: RemovalPolicy };

/**
 * DeleteObjects asks for both, also where each object has a version id:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
 */
const DELETE = ['s3:DeleteObject', 's3:DeleteObjectVersion'];

/** Where texts that people wrote are. */
const TEXTS: readonly Area[] = ['requests', 'decisions', 'orders'];

/**
 * The one role that may remove from records what people wrote: the bucket's policy exempts it. No function has it; a person
 * of the account takes it on for `npm run forget`. It stays with the records.
 */
export class ForgetRole extends Construct {
  readonly arn: string;
  readonly #policy: PolicyDocument;

  constructor(scope: Construct, id: string, { bucketArn, removal }: ForgetRoleProps) {
    super(scope, id);
    const prefixes = TEXTS.map((area) => `${area}/*`);
    const resources = TEXTS.map((area) => `${bucketArn}/${AREAS[area]}`);
    this.#policy = new PolicyDocument({
      statements: [
        new PolicyStatement({ actions: ['s3:GetObject', ...DELETE], resources }),
        // It replaces what it has read, and creates no fact.
        new PolicyStatement({
          actions: ['s3:PutObject'],
          resources,
          conditions: { Null: { 's3:if-match': 'false' } },
        }),
        new PolicyStatement({
          actions: ['s3:ListBucketVersions'],
          resources: [bucketArn],
          conditions: { StringLike: { 's3:prefix': prefixes } },
        }),
        // Without ListBucket a missing object is 403, not 404; a GetObject carries no prefix.
        new PolicyStatement({
          actions: ['s3:ListBucket'],
          resources: [bucketArn],
          conditions: { StringLikeIfExists: { 's3:prefix': prefixes } },
        }),
      ],
    });
    const role = new Role(this, 'Role', {
      description: 'Takes what people wrote out of orders: npm run forget',
      assumedBy: new AccountRootPrincipal(),
      inlinePolicies: { Forget: this.#policy },
    });
    role.applyRemovalPolicy(removal);
    this.arn = role.roleArn;
  }

  /** More of what it needs to read and write the bucket, such as its key. */
  allow(actions: readonly string[], resource: string): void {
    this.#policy.addStatements(new PolicyStatement({ actions: [...actions], resources: [resource] }));
  }
}
