import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { drain } from '../../commands/drain.ts';

test('an order that was accepted a moment ago is waited for: its record comes, and closes it', async () => {
  const looks: string[] = [];
  // Nothing is there but the request of order-1; its record is there from the second look on.
  const s3 = Object.assign(new S3Client({ region: 'us-east-1' }), {
    send: async ({ input: { Key } }: { readonly input: { readonly Key: string } }) => {
      looks.push(Key);
      const isThere = Key === 'requests/order-1.json' || looks.filter((key) => key === Key).length > 1;
      if (!isThere) throw Object.assign(new Error('No such key.'), { name: 'NoSuchKey', $metadata: {} });
      return { Body: { transformToString: async () => '{"status":"FAILED"}' } };
    },
  });
  const stepFunctions = Object.assign(new SFNClient({ region: 'us-east-1' }), { send: async () => ({}) });
  const executions = ['order-1', 'by-hand'].map((orderId) => ({ arn: `arn:${orderId}`, orderId }));

  await drain({ s3, stepFunctions, outputs: { BucketName: 'records' }, onProgress: () => {} }, executions);

  expect(looks).toEqual([
    'orders/order-1.json',
    'requests/order-1.json',
    'orders/by-hand.json',
    'requests/by-hand.json',
    'orders/order-1.json',
  ]);
});
