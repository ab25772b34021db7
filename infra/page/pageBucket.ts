import { RemovalPolicy } from 'aws-cdk-lib/core';
import { PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { onlyOverTls, privateBucket } from '../bucket/privateBucket.ts';

/** The bucket of the page's files. They can be built again, so that it goes with its stack once it is empty. */
export function createPageBucket(scope: Construct): CfnBucket {
  const bucket = privateBucket(scope, 'Files');
  bucket.applyRemovalPolicy(RemovalPolicy.DESTROY);
  acknowledge(bucket, 'S1', 'The files are public to every visitor of the page.');
  return bucket;
}

/** Only this distribution reads the files, and only over TLS. */
export function letDistributionRead(bucket: CfnBucket, distributionArn: string): void {
  const read = new PolicyStatement({
    sid: 'FromTheDistribution',
    principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
    actions: ['s3:GetObject'],
    resources: [`${bucket.attrArn}/*`],
    conditions: { StringEquals: { 'aws:SourceArn': distributionArn } },
  });
  new CfnBucketPolicy(bucket.stack, 'FilesPolicy', {
    bucket: bucket.ref,
    policyDocument: new PolicyDocument({ statements: [read, onlyOverTls(bucket.attrArn)] }),
  });
}
