import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { failureOf, serveS3 } from './serveS3.ts';

const Bucket = 'bucket';

describe('an object, through the AWS SDK', () => {
  test('comes back as it was put, with its headers, metadata and checksum', async () => {
    const { client } = await serveS3();

    const put = await client.send(
      new PutObjectCommand({
        Bucket,
        Key: 'orders/a b.json',
        Body: '{"a":"é"}',
        ContentType: 'application/json',
        CacheControl: 'no-store',
        ContentDisposition: 'inline',
        ContentLanguage: 'nl',
        Metadata: { author: 'Ada', empty: '' },
      }),
    );
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'orders/a b.json' }));
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'orders/a b.json' }));

    expect(put).toMatchObject({ ETag: '"110df10b56b83299182f70164879d203"', ChecksumType: 'FULL_OBJECT' });
    expect(await got.Body?.transformToString()).toBe('{"a":"é"}');
    for (const answer of [got, head]) {
      expect(answer).toMatchObject({
        ETag: put.ETag,
        ContentLength: 10,
        ContentType: 'application/json',
        CacheControl: 'no-store',
        ContentDisposition: 'inline',
        ContentLanguage: 'nl',
        AcceptRanges: 'bytes',
        ServerSideEncryption: 'AES256',
      });
      expect(answer.Metadata).toMatchObject({ author: 'Ada' });
    }
    expect(got.ChecksumCRC32).toBe(put.ChecksumCRC32);
    expect(head.ContentEncoding).toBeUndefined();
  });

  test.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
    'is verified by %s',
    async (ChecksumAlgorithm) => {
      const { client } = await serveS3();

      await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello', ChecksumAlgorithm }));
      const got = await client.send(new GetObjectCommand({ Bucket, Key: 'k', ChecksumMode: 'ENABLED' }));

      expect(await got.Body?.transformToString()).toBe('hello');
      expect(got[`Checksum${ChecksumAlgorithm}`]).toBe(
        {
          CRC32: 'NhCmhg==',
          CRC32C: 'mnG7TA==',
          CRC64NVME: 'M3eFcAZSQlc=',
          SHA1: 'qvTGHdzF6KLavt4PO0gs2a6pQ00=',
          SHA256: 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=',
        }[ChecksumAlgorithm],
      );
    },
  );

  test('may be streamed in aws-chunked encoding with a trailing checksum', async () => {
    const { client } = await serveS3();
    const Body = Readable.from([Buffer.alloc(70_000, 'a'), Buffer.alloc(70_000, 'b')]);

    await client.send(
      new PutObjectCommand({ Bucket, Key: 'k', Body, ContentLength: 140_000, ContentEncoding: 'gzip' }),
    );
    const got = await client.send(new HeadObjectCommand({ Bucket, Key: 'k' }));

    expect(got).toMatchObject({ ContentLength: 140_000, ContentEncoding: 'gzip' });
  });

  test.each([
    'plain',
    'ü€😀/ + & "<>\'%2F',
    'a//b/../c',
    '../x',
    ' lead and trail ',
    'nul\u0000\u0001\n\r\tend',
    'k'.repeat(1024),
  ])('may have the key %j', async (Key) => {
    const { client } = await serveS3();

    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    const got = await client.send(new GetObjectCommand({ Bucket, Key }));
    const listed = await client.send(new ListObjectsV2Command({ Bucket, EncodingType: 'url' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
    const emptied = await client.send(new ListObjectsV2Command({ Bucket }));

    expect(await got.Body?.transformToString()).toBe('x');
    expect(
      listed.Contents?.map((object) => decodeURIComponent((object.Key ?? '').replaceAll('+', ' '))),
    ).toEqual([Key]);
    expect(emptied.KeyCount).toBe(0);
  });

  test('tells of itself without its body', async () => {
    const { client } = await serveS3({ versioned: true });
    const { VersionId } = await client.send(
      new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello', ChecksumAlgorithm: 'SHA1' }),
    );
    const told = await client.send(
      new GetObjectAttributesCommand({
        Bucket,
        Key: 'k',
        ObjectAttributes: ['ETag', 'Checksum', 'ObjectSize', 'StorageClass', 'ObjectParts'],
      }),
    );

    expect(told).toMatchObject({
      ETag: '5d41402abc4b2a76b9719d911017c592',
      Checksum: { ChecksumSHA1: 'qvTGHdzF6KLavt4PO0gs2a6pQ00=', ChecksumType: 'FULL_OBJECT' },
      ObjectSize: 5,
      StorageClass: 'STANDARD',
      VersionId,
    });
  });

  test('has one time, in whole seconds, whichever operation tells it', async () => {
    const { client } = await serveS3();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));

    const { LastModified } = await client.send(new HeadObjectCommand({ Bucket, Key: 'k' }));
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket }));

    expect(LastModified?.getMilliseconds()).toBe(0);
    expect(Contents?.map((listed) => listed.LastModified)).toEqual([LastModified]);
  });

  test('keeps metadata that is empty', async () => {
    const { client } = await serveS3();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', Metadata: { note: '' } }));

    expect((await client.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).Metadata).toEqual({ note: '' });
  });

  test('is its own only part', async () => {
    const { client } = await serveS3();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '0123456789' }));
    const read = (input: object) => client.send(new GetObjectCommand({ Bucket, Key: 'k', ...input }));

    const part = await read({ PartNumber: 1 });

    expect([await part.Body?.transformToString(), part.ContentRange]).toEqual(['0123456789', 'bytes 0-9/10']);
    expect(part.PartsCount).toBeUndefined();
    expect(await failureOf(read({ PartNumber: 2 }))).toEqual({ name: 'InvalidPartNumber', status: 416 });
    expect(await failureOf(read({ PartNumber: 0 }))).toEqual({ name: 'InvalidArgument', status: 400 });
    expect(await failureOf(read({ PartNumber: 1, Range: 'bytes=0-1' }))).toEqual({
      name: 'InvalidRequest',
      status: 400,
    });
  });

  test('is refused with a key of more than 1024 bytes', async () => {
    const { client } = await serveS3();

    const failure = await failureOf(
      client.send(new PutObjectCommand({ Bucket, Key: 'é'.repeat(513), Body: 'x' })),
    );

    expect(failure).toEqual({ name: 'KeyTooLongError', status: 400 });
  });

  test('is replaced by a later one and gone when it was deleted', async () => {
    const { client } = await serveS3();
    const put = (Body: string) => client.send(new PutObjectCommand({ Bucket, Key: 'k', Body }));

    await put('one');
    await put('two');
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));

    expect(await got.Body?.transformToString()).toBe('two');
    expect(await failureOf(client.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toEqual({
      name: 'NoSuchKey',
      status: 404,
    });
    expect(await failureOf(client.send(new HeadObjectCommand({ Bucket, Key: 'k' })))).toEqual({
      name: 'NotFound',
      status: 404,
    });
  });

  test('may be read in part', async () => {
    const { client } = await serveS3();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '0123456789' }));
    const read = async (Range: string) => {
      const got = await client.send(new GetObjectCommand({ Bucket, Key: 'k', Range }));
      return [await got.Body?.transformToString(), got.ContentRange, got.$metadata.httpStatusCode];
    };

    expect(await read('bytes=2-4')).toEqual(['234', 'bytes 2-4/10', 206]);
    expect(await read('bytes=7-')).toEqual(['789', 'bytes 7-9/10', 206]);
    expect(await read('bytes=-3')).toEqual(['789', 'bytes 7-9/10', 206]);
    expect(await read('bytes=0-99')).toEqual(['0123456789', 'bytes 0-9/10', 206]);
    expect(await read('bytes=4-2')).toEqual(['0123456789', undefined, 200]);
    expect(await read('bytes=0-1,3-4')).toEqual(['0123456789', undefined, 200]);
    expect(await failureOf(read('bytes=10-'))).toEqual({ name: 'InvalidRange', status: 416 });
    expect(await failureOf(read('bytes=-0'))).toEqual({ name: 'InvalidRange', status: 416 });
  });
});
