import { expect, test } from 'vitest';
import type { Resource } from '../../../cloud/assembly/evaluateStacks.ts';
import { documentOf } from '../../../cloud/provision/documentOf.ts';
import { provisionBuckets } from '../../../cloud/provision/provisionBuckets.ts';
import { queuePoliciesOf } from '../../../cloud/provision/provisionQueues.ts';
import { provisionRoles } from '../../../cloud/provision/provisionRoles.ts';
import { provisionRules } from '../../../cloud/provision/provisionRules.ts';
import type { RoleDefinition } from '../../../services/sts/sts.ts';
import { runEvents } from '../../services/events/runEvents.ts';
import { setUpS3 } from '../../services/s3/serveS3.ts';
import { stackOf } from './stackOf.ts';

const policyOf = (PolicyDocument: unknown): Resource => {
  const [resource] = stackOf({ type: 'AWS::SQS::QueuePolicy', properties: { PolicyDocument } }).resources;
  if (resource === undefined) throw new Error('The stack has one resource.');
  return resource;
};

test('a document is an object or its JSON text, as CloudFormation takes it', () => {
  expect(documentOf(policyOf({ Version: '2012-10-17' }), 'PolicyDocument')).toEqual({
    Version: '2012-10-17',
  });
  expect(documentOf(policyOf('{"Version":"2012-10-17"}'), 'PolicyDocument')).toEqual({
    Version: '2012-10-17',
  });
  expect(documentOf(policyOf(undefined), 'PolicyDocument')).toBeNull();
});

test.each([['{"Version":', '"{\\"Version\\":"'] as const, [[], '[]'] as const])(
  'anything else stops the start: %j',
  (given, shown) => {
    expect(() => documentOf(policyOf(given), 'PolicyDocument')).toThrow(
      `Shop/It (AWS::SQS::QueuePolicy): PolicyDocument must be a JSON object, or its text; got ${shown}.`,
    );
  },
);

test('the text of a bucket policy is read as its object would be', () => {
  const role = 'arn:aws:iam::111111111111:role/worker';
  const PolicyDocument = JSON.stringify({ Statement: [{ Effect: 'Deny', Principal: { AWS: role } }] });
  const stack = stackOf(
    { type: 'AWS::Lambda::Function', properties: { Role: role } },
    { type: 'AWS::S3::Bucket', properties: {} },
    { type: 'AWS::S3::BucketPolicy', properties: { Bucket: 'It', PolicyDocument } },
  );

  expect(() => provisionBuckets([stack], setUpS3().s3)).toThrow(
    `Shop/It (AWS::S3::BucketPolicy): the role of a function (${role}) is not supported locally.`,
  );
});

test('the text of a queue policy is read as its object would be', () => {
  const properties = { Queues: ['url'], PolicyDocument: '{"Statement":[]}' };

  expect(queuePoliciesOf([stackOf({ type: 'AWS::SQS::QueuePolicy', properties })])).toEqual([
    { queues: ['url'], document: { Statement: [] } },
  ]);
});

test('the text of a trust policy is read as its object would be', () => {
  const defined: RoleDefinition[] = [];
  const properties = { AssumeRolePolicyDocument: '{"Statement":[]}' };

  provisionRoles(stackOf({ type: 'AWS::IAM::Role', properties }), {
    define: (role: RoleDefinition) => void defined.push(role),
  });

  expect(defined).toMatchObject([{ trustPolicy: { Statement: [] } }]);
});

test('the text of an event pattern is read as its object would be', () => {
  const properties = { EventPattern: '{"source":"shop"}' };

  expect(() =>
    provisionRules(stackOf({ type: 'AWS::Events::Rule', properties }), runEvents().events),
  ).toThrow('The event pattern of the rule It is not valid');
});
