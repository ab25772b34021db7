import {
  CopyObjectCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { failureOf, serveS3 } from './serveS3.ts';

const Bucket = 'bucket';

describe('a copy, through the AWS SDK', () => {
  test('keeps or replaces the metadata', async () => {
    const { client } = await serveS3();
    await client.send(
      new PutObjectCommand({
        Bucket,
        Key: 'a b/é',
        Body: 'x',
        ContentType: 'text/plain',
        Metadata: { one: '1' },
      }),
    );
    const copy = (input: object) =>
      client.send(
        new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: encodeURI('bucket/a b/é'), ...input }),
      );
    const head = () => client.send(new HeadObjectCommand({ Bucket, Key: 'copy' }));

    const copied = await copy({});
    const kept = await head();
    await copy({ MetadataDirective: 'REPLACE', Metadata: { two: '2' }, ContentType: 'text/html' });
    const replaced = await head();

    expect(copied.CopyObjectResult).toMatchObject({ ETag: '"9dd4e461268c8034f5c8564e155c67a6"' });
    expect(kept).toMatchObject({ ContentType: 'text/plain', Metadata: { one: '1' } });
    expect(replaced).toMatchObject({ ContentType: 'text/html', Metadata: { two: '2' } });
    expect(replaced.Metadata).not.toHaveProperty('one');
  });

  test('is refused when its source or its conditions do not hold', async () => {
    const { client } = await serveS3();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    const copy = (input: object) =>
      failureOf(
        client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: 'bucket/k', ...input })),
      );

    expect(await copy({ CopySource: 'bucket/absent' })).toEqual({ name: 'NoSuchKey', status: 404 });
    expect(await copy({ CopySource: 'other/k' })).toEqual({ name: 'NoSuchBucket', status: 404 });
    expect(await copy({ CopySource: 'nonsense' })).toEqual({ name: 'InvalidArgument', status: 400 });
    expect(await copy({ ExpectedSourceBucketOwner: '222222222222' })).toEqual({
      name: 'AccessDenied',
      status: 403,
    });
    expect(await copy({ CopySourceIfMatch: '"abc"' })).toEqual({ name: 'PreconditionFailed', status: 412 });
    expect(await copy({ Key: 'k' })).toEqual({ name: 'InvalidRequest', status: 400 });
    expect(await copy({ Key: 'k', IfNoneMatch: '*', MetadataDirective: 'REPLACE' })).toEqual({
      name: 'PreconditionFailed',
      status: 412,
    });
  });

  test('of a delete marker is refused', async () => {
    const { client } = await serveS3({ versioned: true });
    const { VersionId } = await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));

    const copy = client.send(
      new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `bucket/k?versionId=${VersionId}` }),
    );

    expect(await failureOf(copy)).toEqual({ name: 'InvalidRequest', status: 400 });
  });
});
