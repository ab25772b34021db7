import { expect, test } from 'vitest';
import type { EvaluatedStack, Resource } from '../../../cloud/assembly/evaluateStacks.ts';
import { provisionBuckets } from '../../../cloud/provision/provisionBuckets.ts';
import { setUpS3 } from '../../services/s3/serveS3.ts';

const resource = (type: Resource['type'], properties: Resource['properties']): Resource => ({
  stack: 'Shop',
  logicalId: 'It',
  type,
  properties,
  reference: 'it',
  attribute: () => 'arn',
});

const policyFor = (role: string) => ({
  Bucket: 'it',
  PolicyDocument: {
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': role } },
      },
    ],
  },
});

test('a policy about the role of a function stops the start: functions cannot be told apart here', () => {
  const role = 'arn:aws:iam::111111111111:role/worker';
  const stack = (named: string): EvaluatedStack => ({
    name: 'Shop',
    resources: [
      resource('AWS::Lambda::Function', { Role: role }),
      resource('AWS::S3::BucketPolicy', policyFor(named)),
      resource('AWS::S3::Bucket', {}),
    ],
    outputs: {},
    assets: new Map(),
  });

  expect(() => provisionBuckets(stack(role), setUpS3().s3)).toThrow(
    `Shop/It (AWS::S3::BucketPolicy): the role of a function (${role}) is not supported locally.`,
  );
  expect(() => provisionBuckets(stack(`${role}-of-a-person`), setUpS3().s3)).not.toThrow();
});
