import { expect, test } from 'vitest';
import { provisionBuckets } from '../../../cloud/provision/provisionBuckets.ts';
import { setUpS3 } from '../../services/s3/serveS3.ts';
import { stackOf } from './stackOf.ts';

const policyFor = (role: string) => ({
  Bucket: 'It',
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
  const stack = (named: string) =>
    stackOf(
      { type: 'AWS::Lambda::Function', properties: { Role: role } },
      { type: 'AWS::S3::BucketPolicy', properties: policyFor(named) },
      { type: 'AWS::S3::Bucket', properties: {} },
    );

  expect(() => provisionBuckets([stack(role)], setUpS3().s3)).toThrow(
    `Shop/It (AWS::S3::BucketPolicy): the role of a function (${role}) is not supported locally.`,
  );
  expect(() => provisionBuckets([stack(`${role}-of-a-person`)], setUpS3().s3)).not.toThrow();
});
