import { expect, test } from 'vitest';
import { provisionApis } from '../../../cloud/provision/provisionApi.ts';
import { provisionBuckets } from '../../../cloud/provision/provisionBuckets.ts';
import type { ApiDefinition } from '../../../services/appsync/appsync.ts';
import type { BucketDefinition } from '../../../services/s3/s3.ts';
import { stackOf } from './stackOf.ts';

const API = stackOf(
  { logicalId: 'Api', type: 'AWS::AppSync::GraphQLApi', properties: { AuthenticationType: 'AWS_IAM' } },
  {
    logicalId: 'Schema',
    type: 'AWS::AppSync::GraphQLSchema',
    properties: { ApiId: 'Api', Definition: 'type Query { a: Int }' },
  },
);
const sourceOf = (ApiId: string) =>
  stackOf({ type: 'AWS::AppSync::DataSource', properties: { ApiId, Name: 'nothing', Type: 'NONE' } });
const policyOf = (Bucket: string) =>
  stackOf({ type: 'AWS::S3::BucketPolicy', properties: { Bucket, PolicyDocument: { Statement: [] } } });

test('an API has the parts that another stack declares', async () => {
  const defined: ApiDefinition[] = [];

  await provisionApis([API, sourceOf('Api')], { define: async (api) => void defined.push(api) });

  expect(defined).toMatchObject([{ dataSources: [{ name: 'nothing', type: 'NONE' }] }]);
});

test('a bucket has the policy that another stack declares', () => {
  const defined: BucketDefinition[] = [];
  const bucket = stackOf({ logicalId: 'Letters', type: 'AWS::S3::Bucket', properties: {} });

  provisionBuckets([bucket, policyOf('Letters')], { define: (one) => void defined.push(one) });

  expect(defined).toMatchObject([{ name: 'Letters', policy: { Statement: [] } }]);
});

test('a part of an API, or a policy of a bucket, that no stack declares stops the start', async () => {
  const define = () => expect.unreachable();

  await expect(provisionApis([sourceOf('elsewhere')], { define })).rejects.toThrow(
    'Shop/It (AWS::AppSync::DataSource): the API elsewhere, which no stack declares, is not supported locally.',
  );
  expect(() => provisionBuckets([policyOf('elsewhere')], { define })).toThrow(
    'Shop/It (AWS::S3::BucketPolicy): the bucket elsewhere, which no stack declares, is not supported locally.',
  );
});
