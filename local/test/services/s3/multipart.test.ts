import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { failureOf, serveS3, setUpS3 } from './serveS3.ts';

const Bucket = 'bucket';
const Key = 'films/one.bin';
const FIRST = Buffer.alloc(5_242_880, 'a');
const SECOND = Buffer.from('the end');

async function begin(client: S3Client, more: object = {}) {
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm: 'CRC32', ...more }),
  );
  const upload = { Bucket, Key, UploadId };
  const part = async (PartNumber: number, Body: Buffer) => {
    const sent = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
    return { PartNumber, ETag: sent.ETag, ChecksumCRC32: sent.ChecksumCRC32 };
  };
  const complete = (Parts: readonly object[], given: object = {}) =>
    client.send(
      new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: [...Parts] }, ...given }),
    );
  return { upload, part, complete };
}

describe('a multipart upload', () => {
  test('joins its parts in their order, whichever came first', async () => {
    const { client, emitted } = await serveS3({ eventBridge: true });
    const { part, complete } = await begin(client, { ContentType: 'film/x', Metadata: { by: 'me' } });
    const last = await part(7, SECOND);
    const first = await part(2, FIRST);

    const done = await complete([first, last]);

    const read = await client.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    const body = Buffer.from((await read.Body?.transformToByteArray()) ?? []);
    expect(body.equals(Buffer.concat([FIRST, SECOND]))).toBe(true);
    // md5(md5(first) + md5(second)) and crc32(crc32(first) + crc32(second))
    expect(done).toMatchObject({
      Bucket,
      Key,
      ETag: '"dc2bc882b07e1e67a48bed8997ce6caf-2"',
      ChecksumCRC32: 'i3wNww==-2',
      ChecksumType: 'COMPOSITE',
      Location: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/bucket\/films\/one\.bin$/),
    });
    expect(read).toMatchObject({
      ETag: '"dc2bc882b07e1e67a48bed8997ce6caf-2"',
      ContentType: 'film/x',
      Metadata: { by: 'me' },
      ChecksumCRC32: 'i3wNww==-2',
      ChecksumType: 'COMPOSITE',
    });
    expect(emitted.map(({ detail }) => detail)).toMatchObject([
      {
        reason: 'CompleteMultipartUpload',
        object: { key: Key, size: 5_242_887, etag: 'dc2bc882b07e1e67a48bed8997ce6caf-2' },
      },
    ]);
  });

  test('can be read and copied by its parts', async () => {
    const { client } = await serveS3();
    const { part, complete } = await begin(client);
    await complete([await part(3, FIRST), await part(5, SECOND)]);

    const got = await client.send(new GetObjectCommand({ Bucket, Key, PartNumber: 2 }));
    const head = await client.send(new HeadObjectCommand({ Bucket, Key, PartNumber: 1 }));
    const told = await client.send(
      new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ['ObjectParts'] }),
    );
    await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/${Key}` }));
    const copy = await client.send(new HeadObjectCommand({ Bucket, Key: 'copy', PartNumber: 1 }));

    expect(await got.Body?.transformToString()).toBe('the end');
    expect(got).toMatchObject({ PartsCount: 2, ContentRange: 'bytes 5242880-5242886/5242887' });
    expect(head).toMatchObject({ PartsCount: 2, ContentLength: 5_242_880 });
    expect(told.ObjectParts).toMatchObject({ TotalPartsCount: 2 });
    expect(copy).toMatchObject({ ContentLength: 5_242_887 });
    expect(copy.PartsCount).toBeUndefined();
  });

  test('may have one checksum over the whole, which is verified', async () => {
    const { client } = await serveS3();
    const { part, complete } = await begin(client, {
      ChecksumType: 'FULL_OBJECT',
    });
    const parts = [await part(1, Buffer.from('12345')), await part(2, Buffer.from('6789'))];

    const wrong = failureOf(complete(parts.slice(0, 1), { ChecksumCRC32: 'AAAAAA==' }));
    expect(await wrong).toEqual({ name: 'BadDigest', status: 400 });
    const done = await complete(parts.slice(0, 1), { ChecksumCRC32: 'y/U6HA==' });

    expect(done).toMatchObject({ ChecksumCRC32: 'y/U6HA==', ChecksumType: 'FULL_OBJECT' });
    const { Checksum } = await client.send(
      new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ['Checksum'] }),
    );
    expect(Checksum).toEqual({ ChecksumCRC32: 'y/U6HA==', ChecksumType: 'FULL_OBJECT' });
  });

  test('lists its parts in pages and the latest of each number', async () => {
    const { client } = await serveS3();
    const { upload, part } = await begin(client);
    for (const number of [1, 2, 2, 3]) await part(number, Buffer.alloc(number, 'x'));

    const page = await client.send(new ListPartsCommand({ ...upload, MaxParts: 2 }));
    const rest = await client.send(
      new ListPartsCommand({ ...upload, PartNumberMarker: page.NextPartNumberMarker }),
    );

    expect(page).toMatchObject({ IsTruncated: true, MaxParts: 2, ChecksumAlgorithm: 'CRC32' });
    expect(page.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(rest.Parts?.map(({ PartNumber }) => PartNumber)).toEqual([3]);
    expect(rest.IsTruncated).toBe(false);
  });

  test('is gone once it is aborted or complete', async () => {
    const { client } = await serveS3();
    const { upload, part, complete } = await begin(client);
    const parts = [await part(1, SECOND)];
    const listed = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'films/' }));

    await client.send(new AbortMultipartUploadCommand(upload));

    expect(listed.Uploads).toMatchObject([{ Key, UploadId: upload.UploadId }]);
    const gone = { name: 'NoSuchUpload', status: 404 };
    expect(await failureOf(complete(parts))).toEqual(gone);
    expect(await failureOf(part(2, SECOND))).toEqual(gone);
    expect(await failureOf(client.send(new AbortMultipartUploadCommand(upload)))).toEqual(gone);
    expect(await failureOf(client.send(new HeadObjectCommand({ Bucket, Key })))).toMatchObject({
      status: 404,
    });
    expect((await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
  });

  test('is listed page by page, by key and beginning, what shares a prefix as one', async () => {
    const { client, clock } = await serveS3();
    const start = async (key: string) => {
      clock.advance(1);
      return client.send(new CreateMultipartUploadCommand({ Bucket, Key: key }));
    };
    await start('b/1');
    await start('b/2');
    const [first, second] = [await start('a'), await start('a')];

    const list = (more: object) =>
      client.send(new ListMultipartUploadsCommand({ Bucket, Delimiter: '/', MaxUploads: 1, ...more }));
    const one = await list({});
    const two = await list({ KeyMarker: one.NextKeyMarker, UploadIdMarker: one.NextUploadIdMarker });
    const three = await list({ KeyMarker: two.NextKeyMarker, UploadIdMarker: two.NextUploadIdMarker });
    const all = await client.send(new ListMultipartUploadsCommand({ Bucket }));

    const page = ({ Uploads, CommonPrefixes, IsTruncated }: typeof one) => [
      ...(Uploads ?? []).map(({ UploadId }) => UploadId),
      ...(CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
      IsTruncated,
    ];
    expect([one, two, three].map(page)).toEqual([
      [first.UploadId, true],
      [second.UploadId, true],
      ['b/', false],
    ]);
    expect(all.Uploads?.map((upload) => upload.Key)).toEqual(['a', 'a', 'b/1', 'b/2']);
    expect([all.MaxUploads, all.IsTruncated]).toEqual([1000, false]);
    expect(await failureOf(list({ MaxUploads: -1 }))).toEqual({ name: 'InvalidArgument', status: 400 });
  });

  test('is refused for parts that are unknown, out of order or too small', async () => {
    const { client } = await serveS3();
    const { part, complete } = await begin(client);
    const parts = [await part(1, SECOND), await part(2, SECOND)];

    const other = [{ ...parts[0], ETag: '"00000000000000000000000000000000"' }];
    expect(await failureOf(complete(other))).toEqual({ name: 'InvalidPart', status: 400 });
    expect(await failureOf(complete(parts.toReversed()))).toEqual({ name: 'InvalidPartOrder', status: 400 });
    expect(await failureOf(complete(parts))).toEqual({ name: 'EntityTooSmall', status: 400 });
    expect(await failureOf(complete([]))).toEqual({ name: 'MalformedXML', status: 400 });
    expect(await failureOf(part(10_001, SECOND))).toEqual({ name: 'InvalidArgument', status: 400 });
  });

  test('creates once: a lost If-None-Match leaves the upload as it was', async () => {
    const { client } = await serveS3();
    const first = await begin(client);
    const second = await begin(client);
    const parts = [await first.part(1, SECOND)];
    const others = [await second.part(1, FIRST)];
    await first.complete(parts, { IfNoneMatch: '*' });

    const lost = failureOf(second.complete(others, { IfNoneMatch: '*' }));

    expect(await lost).toEqual({ name: 'PreconditionFailed', status: 412 });
    expect((await client.send(new ListPartsCommand(second.upload))).Parts).toHaveLength(1);
  });
});

test('a policy that wants If-None-Match lets nobody around it by a multipart upload', async () => {
  const policy = {
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::bucket/decisions/*',
        Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
      },
    ],
  };
  const { client } = await serveS3({ policy });
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'decisions/o' }));
  const upload = { Bucket, Key: 'decisions/o', UploadId };
  const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: SECOND }));
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };

  const denied = failureOf(client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload })));

  expect(await denied).toEqual({ name: 'AccessDenied', status: 403 });
  await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload, IfNoneMatch: '*' }));
});

test('the lifecycle aborts uploads that nobody completes', async () => {
  const lifecycleRules = [{ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }];
  const { ask, s3, clock, scheduler } = setUpS3({ lifecycleRules });
  scheduler.start();
  s3.start();
  await ask({ method: 'POST', path: '/bucket/k?uploads' });
  const uploads = async () => (await ask({ path: '/bucket?uploads' })).text.split('<Upload>').length - 1;

  expect(await uploads()).toBe(1);
  clock.advance(2 * 86_400_000);
  await scheduler.runDue();

  expect(await uploads()).toBe(0);
  scheduler.stop();
});
