import { S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { forgetOrder } from './forgetOrder.ts';
import { parseOrderIds } from './orderIds.ts';
import { BadCommand, regionOf, type Outputs } from './outputs.ts';
import { parseWords } from './parseWords.ts';
import { reachDeployment } from './reachDeployment.ts';
import { runCommand } from './runCommand.ts';

// `npm run forget -- [--outputs FILE] ORDER_ID …`: removes what people wrote in orders that have ended, from every version
// of everything that is kept of them. It takes on the one role that the bucket's policy lets do that.

const GRAMMAR = {
  command: 'npm run forget',
  options: { outputs: { takes: 'a value' } },
  others: { most: Infinity, are: 'order ids' },
} as const;

async function forget(words: readonly string[]): Promise<void> {
  const { given, others } = parseWords(words, GRAMMAR);
  if (others.length === 0) throw new BadCommand('Name the orders to forget: npm run forget -- ORDER_ID …');
  const orderIds = parseOrderIds(others, 'No order was forgotten.');
  const outputs = reachDeployment(given.outputs?.[0]);
  const { BucketName: bucket = '' } = outputs;
  const s3 = await s3AsForgetRole(outputs);
  for (const orderId of new Set(orderIds)) {
    const { sentence, isGone } = await forgetOrder({ s3, bucket }, orderId);
    console.log(sentence);
    if (!isGone) process.exitCode = 1;
  }
}

async function s3AsForgetRole(outputs: Outputs): Promise<S3Client> {
  const region = regionOf(outputs);
  const { ForgetRoleArn: RoleArn } = outputs;
  if (RoleArn === undefined)
    throw new BadCommand('The outputs have no ForgetRoleArn: deploy this version first.');
  try {
    const { Credentials } = await new STSClient({ region }).send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 'npm-run-forget' }),
    );
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
    return new S3Client({
      region,
      credentials: {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        sessionToken: SessionToken,
      },
    });
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name !== 'AccessDenied') throw cause;
    throw new BadCommand(
      `You may not assume the role that forgets orders: allow yourself sts:AssumeRole on ${RoleArn}. AWS says: ${cause.message}`,
      { cause },
    );
  }
}

await runCommand({
  usage:
    'npm run forget -- ORDER_ID … [--outputs FILE]: removes what people wrote in these orders, and keeps how each was decided.',
  run: forget,
});
