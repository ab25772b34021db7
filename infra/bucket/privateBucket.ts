import { CfnBucket, type CfnBucketProps } from 'aws-cdk-lib/aws-s3';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** A bucket that is encrypted and closed to every other account; what it is for comes with `props`. */
export function privateBucket(scope: Construct, id: string, props: CfnBucketProps = {}): CfnBucket {
  return new CfnBucket(scope, id, {
    bucketEncryption: {
      serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
    },
    ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
    publicAccessBlockConfiguration: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    ...props,
  });
}

/** Refuses every request to a bucket that does not come over TLS, whatever the caller's own policies allow. */
export const onlyOverTls = (bucketArn: string): PolicyStatement =>
  new PolicyStatement({
    sid: 'OnlyOverTls',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['s3:*'],
    resources: [bucketArn, `${bucketArn}/*`],
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  });
