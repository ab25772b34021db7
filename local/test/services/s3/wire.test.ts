import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { CHECKSUMS } from '../../../services/s3/wire/checksums.ts';
import { setUpS3 } from './serveS3.ts';

const put = { method: 'PUT', path: '/bucket/k', body: 'hello' };

describe('checksums', () => {
  const check = new TextEncoder().encode('123456789');

  test('have the values that their specifications give for 123456789', () => {
    expect(Buffer.from(CHECKSUMS.crc32(check), 'base64').toString('hex')).toBe('cbf43926');
    expect(Buffer.from(CHECKSUMS.crc32c(check), 'base64').toString('hex')).toBe('e3069283');
    expect(Buffer.from(CHECKSUMS.crc64nvme(check), 'base64').toString('hex')).toBe('ae8b14860a799888');
  });

  test.each([
    [{ 'x-amz-checksum-crc32': 'AAAAAA==' }, 'BadDigest', 'The CRC32 you specified did not match'],
    [
      { 'x-amz-checksum-sha256': CHECKSUMS.sha256(check) },
      'BadDigest',
      'The SHA256 you specified did not match',
    ],
    [{ 'content-md5': CHECKSUMS.md5(check) }, 'BadDigest', 'The Content-MD5 you specified did not match'],
    [{ 'content-md5': 'short' }, 'InvalidDigest', 'Content-MD5'],
    [{ 'x-amz-checksum-crc32': 'no' }, 'InvalidRequest', 'Value for x-amz-checksum-crc32 header is invalid.'],
    [
      { 'x-amz-checksum-crc32': 'NhCmhg==', 'x-amz-checksum-crc32c': 'mnG7TA==' },
      'InvalidRequest',
      'Expecting a single',
    ],
    [{ 'x-amz-sdk-checksum-algorithm': 'CRC32' }, 'InvalidRequest', 'no corresponding'],
    [
      { 'x-amz-sdk-checksum-algorithm': 'SHA256', 'x-amz-checksum-crc32': 'NhCmhg==' },
      'InvalidRequest',
      'Value for x-amz-sdk-checksum-algorithm header is invalid.',
    ],
  ])('that are wrong are refused: %j', async (headers, code, message) => {
    const { ask } = setUpS3();

    const refused = await ask({ ...put, headers });

    expect(refused.status).toBe(400);
    expect(refused.text).toContain(`<Code>${code}</Code>`);
    expect(refused.text).toContain(message);
    expect((await ask({ path: '/bucket/k' })).status).toBe(404);
  });

  test('that nobody knows are refused', async () => {
    const { ask } = setUpS3();

    expect((await ask({ ...put, headers: { 'x-amz-checksum-xxhash3': 'AAAA' } })).status).toBe(501);
  });

  test('are made when none came', async () => {
    const { ask } = setUpS3();

    expect((await ask(put)).headers).toMatchObject({ 'x-amz-checksum-crc64nvme': 'M3eFcAZSQlc=' });
  });
});

describe('aws-chunked bodies', () => {
  const headers = {
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    'x-amz-decoded-content-length': '5',
    'x-amz-trailer': 'x-amz-checksum-crc32',
    'content-encoding': 'aws-chunked',
  };
  const whole = '3\r\nhel\r\n2\r\nlo\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n';

  test('are taken apart, with signatures or without', async () => {
    const { ask } = setUpS3();
    const signed = `5;chunk-signature=${'a'.repeat(64)}\r\nhello\r\n0;chunk-signature=${'b'.repeat(64)}\r\n\r\n`;

    expect((await ask({ ...put, headers, body: whole })).status).toBe(200);
    expect(await ask({ path: '/bucket/k' })).toMatchObject({ text: 'hello' });
    expect((await ask({ path: '/bucket/k' })).headers).not.toHaveProperty('content-encoding');
    const streaming = {
      ...headers,
      'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
      'x-amz-trailer': '',
    };
    expect((await ask({ ...put, headers: streaming, body: signed })).status).toBe(200);
    expect(await ask({ path: '/bucket/k' })).toMatchObject({ text: 'hello' });
  });

  test.each([
    ['a wrong checksum', whole.replace('NhCmhg', 'AAAAAA'), 'BadDigest'],
    ['a missing trailer', '5\r\nhello\r\n0\r\n\r\n', 'MalformedTrailerError'],
    ['a chunk cut short', '5\r\nhel', 'IncompleteBody'],
    ['no end', '5\r\nhello\r\n', 'IncompleteBody'],
    ['no framing', 'hello', 'IncompleteBody'],
    ['a negative size', '-5\r\nhello\r\n0\r\n\r\n', 'IncompleteBody'],
    ['a huge size', 'ffffffff\r\nhello\r\n0\r\n\r\n', 'IncompleteBody'],
    ['another length', whole.replace('2\r\nlo\r\n', ''), 'IncompleteBody'],
    ['nothing', '', 'IncompleteBody'],
  ])('are refused with %s', async (_name, body, code) => {
    const { ask } = setUpS3();

    const refused = await ask({ ...put, headers, body });

    expect(refused.status).toBe(400);
    expect(refused.text).toContain(`<Code>${code}</Code>`);
  });
});

describe('requests', () => {
  test.each([
    ['Ada', 'Ada'],
    ['=?UTF-8?B?R3LDvMOfZQ==?=', '=?UTF-8?B?R3LDvMOfZQ==?='],
    // The example of S3's manual: bytes of UTF-8, which HTTP has as Latin-1.
    ['ÄMÄZÕÑ S3', '=?UTF-8?B?w4PChE3Dg8KEWsODwpXDg8KRIFMz?='],
  ])('may have the metadata %s, and get it back as %s', async (given, got) => {
    const { ask } = setUpS3();
    await ask({ ...put, headers: { 'x-amz-meta-a': Buffer.from(given).toString('latin1') } });

    expect((await ask({ path: '/bucket/k' })).headers['x-amz-meta-a']).toBe(got);
  });

  test('for attributes must name some that there are', async () => {
    const { ask } = setUpS3();
    await ask(put);
    const named = (names: string) =>
      ask({ path: '/bucket/k?attributes', headers: { 'x-amz-object-attributes': names } });

    expect((await named('ETag, ObjectSize')).text).toContain('<ObjectSize>5</ObjectSize>');
    for (const names of ['', 'Nothing']) expect((await named(names)).text).toContain('InvalidArgument');
  });

  test('may ask for other headers in the answer', async () => {
    const { ask } = setUpS3();
    await ask({ ...put, headers: { 'content-type': 'text/plain' } });

    const got = await ask({
      path: '/bucket/k?response-content-type=text%2Fcsv&response-content-disposition=attachment',
    });
    const split = await ask({ path: '/bucket/k?response-content-type=a%0d%0aset-cookie:%20b' });

    expect(got.headers).toMatchObject({ 'content-type': 'text/csv', 'content-disposition': 'attachment' });
    expect(split.status).toBe(400);
  });

  test.each([
    [{ path: '/bucket/%ff' }, 400, 'InvalidURI'],
    [{ path: '/bucket/%' }, 400, 'InvalidURI'],
    [{ method: 'PATCH', path: '/bucket/k' }, 405, 'MethodNotAllowed'],
    [{ method: 'POST', path: '/bucket/k' }, 405, 'MethodNotAllowed'],
    [{ ...put, headers: { 'transfer-encoding': 'chunked' } }, 501, 'NotImplemented'],
    [{ path: '/?max-buckets=0' }, 400, 'InvalidArgument'],
    [{ path: '/bucket/k?versionId=' }, 400, 'InvalidArgument'],
    [{ method: 'PUT', path: '/bucket/k?partNumber=1&uploadId=x' }, 404, 'NoSuchUpload'],
    [{ method: 'POST', path: '/bucket' }, 501, 'NotImplemented'],
    [{ method: 'DELETE', path: '/bucket' }, 501, 'NotImplemented'],
    [{ path: '/bucket/k?versionId=%0d%0a' }, 400, 'InvalidArgument'],
    [{ method: 'DELETE', path: '/bucket/k?versionId=%0d%0a' }, 400, 'InvalidArgument'],
    [{ path: '/bucket?policy' }, 501, 'NotImplemented'],
    [{ path: '/bucket/k?acl' }, 501, 'NotImplemented'],
    [{ path: '/bucket?max-keys=x' }, 400, 'InvalidArgument'],
    [{ path: '/bucket?encoding-type=x' }, 400, 'InvalidArgument'],
    [{ ...put, headers: { 'x-amz-meta-a': 'x'.repeat(2048) } }, 400, 'MetadataTooLarge'],
    [{ ...put, headers: { 'x-amz-acl': 'public-read' } }, 400, 'AccessControlListNotSupported'],
    [{ ...put, headers: { 'x-amz-storage-class': 'GLACIER' } }, 400, 'InvalidStorageClass'],
    [{ ...put, headers: { 'x-amz-expected-bucket-owner': '222222222222' } }, 403, 'AccessDenied'],
    [
      {
        method: 'POST',
        path: '/bucket?delete',
        headers: { 'content-md5': CHECKSUMS.md5(new TextEncoder().encode('<a/>')) },
        body: '<a/>',
      },
      400,
      'MalformedXML',
    ],
  ])('that S3 would not take are refused: %j', async (asked, status, code) => {
    const { ask } = setUpS3();

    const refused = await ask(asked);

    expect(refused.status).toBe(status);
    expect(refused.headers).toMatchObject({
      'content-type': 'application/xml',
      'x-amz-request-id': expect.stringMatching(/^[0-9A-F]{16}$/),
    });
    expect(refused.text).toContain(`<Code>${code}</Code>`);
  });

  test('without a verified signature are denied', async () => {
    const { s3 } = setUpS3();
    const request = {
      method: 'GET',
      path: '/bucket',
      query: '',
      headers: {},
      body: Buffer.alloc(0),
      remoteAddress: '',
    };

    expect(await s3.handle({ ...request, accessKeyId: null })).toMatchObject({ status: 403 });
  });

  test('answer for absent keys as S3 does', async () => {
    const { ask } = setUpS3();

    expect((await ask({ path: '/bucket/a%26%3Cb%3E' })).text).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<Error><Code>NoSuchKey<\/Code><Message>The specified key does not exist.<\/Message><Key>a&amp;&lt;b&gt;<\/Key><RequestId>/,
    );
  });
});

test('objects are there again after a restart', async () => {
  const folder = temporaryFolder();
  const before = setUpS3({}, folder);
  await before.ask({ ...put, headers: { 'x-amz-meta-a': 'b' } });
  before.store.close();

  const after = setUpS3({}, folder);

  expect(await after.ask({ path: '/bucket/k' })).toMatchObject({
    text: 'hello',
    headers: { 'x-amz-meta-a': 'b' },
  });
});
