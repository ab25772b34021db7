import { Aws, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { Settings } from './settings.ts';

/** A function or a role that reads and writes what the key encrypts. */
type KeyUser = { readonly allow: (actions: readonly string[], resource: string) => void };

/** What a user of the key needs to read and to write. */
const USE = ['kms:Decrypt', 'kms:GenerateDataKey'];
const LOG_USE = ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];
/**
 * They send to a queue or a topic that the key encrypts. AWS documents them without a condition on the account, and for
 * EventBridge that such a condition is not supported (SNS developer guide, "Key management"). A condition that one of them
 * does not meet would stop its messages without a sign. The policies of the queues and of the topic name the account.
 */
const SENDERS = ['s3.amazonaws.com', 'events.amazonaws.com', 'cloudwatch.amazonaws.com'];

/**
 * Encrypts everything in the stack that is kept with a key of its own. Called when the stack is complete, so that whatever is
 * added to it later is encrypted as well. Environment variables of functions hold names only, and stay with Lambda's key.
 */
export function encryptWithOwnKey(
  stack: Stack,
  users: readonly KeyUser[],
  { removalPolicy }: Settings,
): void {
  const key = new CfnKey(stack, 'Key', {
    description: `Everything that ${stack.stackName} keeps`,
    enableKeyRotation: true,
    keyPolicy: keyPolicy(),
  });
  // Records that outlive the stack cannot be read without it.
  key.applyRemovalPolicy(
    removalPolicy === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  );
  for (const each of users) each.allow(USE, key.attrArn);
  for (const resource of stack.node.findAll()) {
    if (resource instanceof CfnBucket) resource.bucketEncryption = bucketEncryption(key.attrArn);
    if (resource instanceof CfnLogGroup) resource.kmsKeyId = key.attrArn;
    if (resource instanceof CfnTopic) resource.kmsMasterKeyId = key.attrArn;
    if (resource instanceof CfnQueue) {
      resource.kmsMasterKeyId = key.attrArn;
      resource.sqsManagedSseEnabled = false;
    }
  }
}

/** One data key for many objects: a call of KMS for each would cost as much as the objects. */
function bucketEncryption(kmsMasterKeyId: string): CfnBucket.BucketEncryptionProperty {
  const serverSideEncryptionByDefault = { sseAlgorithm: 'aws:kms', kmsMasterKeyId };
  return {
    serverSideEncryptionConfiguration: [{ bucketKeyEnabled: true, serverSideEncryptionByDefault }],
  };
}

function keyPolicy(): PolicyDocument {
  const account = new PolicyStatement({
    sid: 'TheAccountsOwnPolicies',
    principals: [new AccountRootPrincipal()],
    actions: ['kms:*'],
    resources: ['*'],
  });
  const senders = new PolicyStatement({
    sid: 'Senders',
    principals: SENDERS.map((service) => new ServicePrincipal(service)),
    actions: USE,
    resources: ['*'],
  });
  const logGroups = `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*`;
  const logs = new PolicyStatement({
    sid: 'LogsOfThisAccount',
    principals: [new ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`)],
    actions: LOG_USE,
    resources: ['*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
  });
  return new PolicyDocument({ minimize: false, statements: [account, senders, logs] });
}
