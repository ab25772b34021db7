import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { CREDENTIALS, failureOf, serveS3, setUpS3 } from './serveS3.ts';

const Bucket = 'bucket';

describe('a bucket, through the AWS SDK', () => {
  test('lists pages, prefixes and common prefixes in the order of bytes', async () => {
    const { client } = await serveS3();
    const keys = ['a/1', 'a/2', 'a/b/3', 'b', 'c/4', 'é', '￿', '😀'];
    for (const Key of keys.toReversed()) await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    const list = (input: object) => client.send(new ListObjectsV2Command({ Bucket, ...input }));
    const pages: string[][] = [];
    for await (const page of paginateListObjectsV2({ client, pageSize: 2 }, { Bucket, Delimiter: '/' })) {
      pages.push([
        ...(page.Contents ?? []).map(({ Key }) => Key ?? ''),
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix ?? ''),
      ]);
    }

    expect((await list({})).Contents?.map(({ Key }) => Key)).toEqual(keys);
    expect(pages).toEqual([
      ['b', 'a/'],
      ['é', 'c/'],
      ['￿', '😀'],
    ]);
    expect(await list({ Prefix: 'a/', Delimiter: '/' })).toMatchObject({
      KeyCount: 3,
      IsTruncated: false,
      Contents: [{ Key: 'a/1', Size: 1, StorageClass: 'STANDARD' }, { Key: 'a/2' }],
      CommonPrefixes: [{ Prefix: 'a/b/' }],
    });
    expect((await list({ StartAfter: 'b', MaxKeys: 1 })).Contents?.map(({ Key }) => Key)).toEqual(['c/4']);
    expect(await list({ MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false });
    expect(await list({ Prefix: 'nothing' })).toMatchObject({ KeyCount: 0 });
    expect(await failureOf(list({ ContinuationToken: 'x' }))).toEqual({
      name: 'InvalidArgument',
      status: 400,
    });
  });

  test('lists by marker, as the first version of the operation does', async () => {
    const { client } = await serveS3();
    for (const Key of ['a', 'b', 'c']) await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));

    const page = await client.send(new ListObjectsCommand({ Bucket, Marker: 'a', MaxKeys: 1 }));

    expect(page).toMatchObject({ IsTruncated: true, Contents: [{ Key: 'b' }] });
  });

  test('spells names as HTML forms do when it is asked to', async () => {
    const { client } = await serveS3();
    await client.send(new PutObjectCommand({ Bucket, Key: 'a b+c/test_file(3).png', Body: 'x' }));

    const listed = await client.send(
      new ListObjectsV2Command({ Bucket, EncodingType: 'url', Prefix: 'a b', StartAfter: 'a !' }),
    );

    expect(listed).toMatchObject({ Prefix: 'a+b', StartAfter: 'a+%21', EncodingType: 'url' });
    expect(listed.Contents?.map(({ Key }) => Key)).toEqual(['a+b%2Bc/test_file%283%29.png']);
  });

  test.each([
    ['-1', 'Argument maxKeys must be an integer between 0 and 2147483647'],
    ['2147483648', 'Provided max-keys not an integer or within integer range'],
    ['ten', 'Provided max-keys not an integer or within integer range'],
  ])('refuses a page of %s keys', async (maxKeys, message) => {
    const { ask } = setUpS3();

    expect((await ask({ path: `/bucket?list-type=2&max-keys=${maxKeys}` })).text).toContain(
      `<Code>InvalidArgument</Code><Message>${message}</Message>`,
    );
  });

  test('is listed with the others, in pages and by the beginning of its name', async () => {
    const { client, s3 } = await serveS3();
    for (const name of ['apples', 'pears', 'peas'])
      s3.define({
        name,
        policy: null,
        lifecycleRules: [],
        versioned: false,
        eventBridge: false,
        queueConfigurations: [],
      });
    const list = async (input: object) => client.send(new ListBucketsCommand(input));
    const names = ({ Buckets = [] }: Awaited<ReturnType<typeof list>>) => Buckets.map(({ Name }) => Name);

    const first = await list({ Prefix: 'pea', MaxBuckets: 1 });
    const second = await list({ Prefix: 'pea', ContinuationToken: first.ContinuationToken });

    expect(names(await list({}))).toEqual(['apples', 'bucket', 'pears', 'peas']);
    expect([names(first), names(second)]).toEqual([['pears'], ['peas']]);
    expect([first.Prefix, second.ContinuationToken]).toEqual(['pea', undefined]);
  });

  test('lists each object once when its keys change between pages', async () => {
    const { client } = await serveS3();
    for (const Key of ['a', 'b', 'c', 'd'])
      await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));

    const first = await client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 2 }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'b' }));
    const second = await client.send(
      new ListObjectsV2Command({ Bucket, ContinuationToken: first.NextContinuationToken }),
    );

    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['c', 'd']);
  });

  test('deletes many at once and says what it refused', async () => {
    const { client } = await serveS3();
    for (const Key of ['a', 'b & <c>']) await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));

    const deleted = await client.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: [{ Key: 'a', ETag: '"no"' }, { Key: 'b & <c>' }, { Key: 'never' }] },
      }),
    );

    expect(deleted.Deleted).toMatchObject([{ Key: 'b & <c>' }, { Key: 'never' }]);
    expect(deleted.Errors).toMatchObject([{ Key: 'a', Code: 'PreconditionFailed' }]);
    expect((await client.send(new ListObjectsV2Command({ Bucket }))).Contents).toMatchObject([{ Key: 'a' }]);
  });

  test('answers where and what it is', async () => {
    const { client } = await serveS3({ versioned: true });

    expect(await client.send(new HeadBucketCommand({ Bucket }))).toMatchObject({ BucketRegion: 'us-east-1' });
    expect((await client.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeFalsy();
    expect(await client.send(new GetBucketVersioningCommand({ Bucket }))).toMatchObject({
      Status: 'Enabled',
    });
    expect((await client.send(new ListBucketsCommand({}))).Buckets).toMatchObject([{ Name: Bucket }]);
  });

  test('that the template does not declare is not there', async () => {
    const { client } = await serveS3();

    expect(await failureOf(client.send(new GetObjectCommand({ Bucket: 'other', Key: 'k' })))).toEqual({
      name: 'NoSuchBucket',
      status: 404,
    });
    expect(await failureOf(client.send(new HeadBucketCommand({ Bucket: 'other' })))).toEqual({
      name: 'NotFound',
      status: 404,
    });
  });

  test('refuses clearly what the local cloud does not do', async () => {
    const { client } = await serveS3();
    const refused = { name: 'NotImplemented', status: 501 };

    expect(await failureOf(client.send(new CreateBucketCommand({ Bucket: 'new-one' })))).toEqual(refused);
    expect(await failureOf(client.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' })))).toEqual(refused);
    expect(
      await failureOf(client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', Tagging: 'a=b' }))),
    ).toEqual(refused);
  });

  test('denies who is not signed in', async () => {
    const { client, endpoint } = await serveS3();
    const stranger = new S3Client({
      endpoint,
      region: 'us-east-1',
      credentials: { ...CREDENTIALS, secretAccessKey: 'guessed' },
    });
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));

    expect(await failureOf(stranger.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toEqual({
      name: 'AccessDenied',
      status: 403,
    });
    expect((await fetch(`${endpoint}/bucket/k`)).status).toBe(403);
    stranger.destroy();
  });
});
