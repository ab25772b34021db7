import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { failureOf, serveS3 } from './serveS3.ts';

const Bucket = 'bucket';

describe('conditions, through the AWS SDK', () => {
  test('let exactly one of ten creators win', async () => {
    const { client } = await serveS3();
    const create = (Body: string) =>
      failureOf(client.send(new PutObjectCommand({ Bucket, Key: 'k', Body, IfNoneMatch: '*' })));

    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, index) => create(String(index))));

    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(
      outcomes.filter(({ name, status }) => name === 'PreconditionFailed' && status === 412),
    ).toHaveLength(9);
  });

  test('let exactly one of ten writers replace what it read', async () => {
    const { client } = await serveS3();
    const { ETag } = await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'first' }));
    const replace = (Body: string) =>
      failureOf(client.send(new PutObjectCommand({ Bucket, Key: 'k', Body, IfMatch: ETag })));

    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, index) => replace(String(index))));

    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(outcomes.filter(({ name }) => name === 'PreconditionFailed')).toHaveLength(9);
  });

  test('on a write are refused as S3 refuses them', async () => {
    const { client } = await serveS3();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    const put = (input: object) =>
      failureOf(client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'y', ...input })));

    expect(await put({ Key: 'absent', IfMatch: '"abc"' })).toEqual({ name: 'NoSuchKey', status: 404 });
    expect(await put({ IfNoneMatch: '"abc"' })).toEqual({ name: 'NotImplemented', status: 501 });
    expect(await put({ IfMatch: '"abc"' })).toEqual({ name: 'PreconditionFailed', status: 412 });
  });

  test('on a read answer 304 and 412', async () => {
    const { client } = await serveS3();
    const { ETag } = await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    const read = async (input: object) =>
      (await failureOf(client.send(new GetObjectCommand({ Bucket, Key: 'k', ...input })))).status;
    const [past, future] = [new Date(Date.now() - 86_400_000), new Date(Date.now() + 86_400_000)];

    expect(await read({ IfMatch: ETag })).toBe(200);
    expect(await read({ IfMatch: '"abc"' })).toBe(412);
    expect(await read({ IfNoneMatch: ETag })).toBe(304);
    expect(await read({ IfNoneMatch: '"abc"' })).toBe(200);
    expect(await read({ IfModifiedSince: past })).toBe(200);
    expect(await read({ IfModifiedSince: future })).toBe(304);
    expect(await read({ IfUnmodifiedSince: past })).toBe(412);
    expect(await read({ IfUnmodifiedSince: past, IfMatch: ETag })).toBe(200);
    expect(await read({ IfModifiedSince: future, IfNoneMatch: '"abc"' })).toBe(200);
  });

  test('on a delete are obeyed', async () => {
    const { client } = await serveS3();
    const { ETag } = await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    const remove = (IfMatch: string, Key = 'k') =>
      failureOf(client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch })));

    expect(await remove('*', 'absent')).toEqual({ name: 'NoSuchKey', status: 404 });
    expect(await remove('"abc"')).toEqual({ name: 'PreconditionFailed', status: 412 });
    expect(await remove(ETag ?? '')).toMatchObject({ status: 200 });
    expect(await remove(ETag ?? '')).toEqual({ name: 'NoSuchKey', status: 404 });
  });
});
