import { describe, expect, test } from 'vitest';
import { createSignatureVerifier } from '../../wire/signature/createSignatureVerifier.ts';

/** The examples of AWS's documentation of Signature Version 4 for S3. */
const KEY = 'AKIAIOSFODNN7EXAMPLE';
const secrets = new Map([[KEY, { secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }]]);
const clock = { now: () => Date.parse('2013-05-24T00:00:00Z') };
const verify = createSignatureVerifier({ clock, wallClock: clock, secrets });
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const common = { host: 'examplebucket.s3.amazonaws.com', 'x-amz-date': '20130524T000000Z' };

function authorization(signedHeaders: string, signature: string): string {
  return `AWS4-HMAC-SHA256 Credential=${KEY}/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signedHeaders},Signature=${signature}`;
}

describe('the documented examples of S3 signatures', () => {
  test('GET Object with a range', () => {
    const headers = {
      ...common,
      range: 'bytes=0-9',
      'x-amz-content-sha256': EMPTY,
      authorization: authorization(
        'host;range;x-amz-content-sha256;x-amz-date',
        'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
      ),
    };

    expect(verify({ method: 'GET', path: '/test.txt', query: '', headers, body: '' }).ok).toBe(true);
  });

  test('PUT Object with a Date header and a key that needs encoding', () => {
    const headers = {
      ...common,
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
      authorization: authorization(
        'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
        '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
      ),
    };
    const put = { method: 'PUT', query: '', headers, body: 'Welcome to Amazon S3.' };

    expect(verify({ ...put, path: '/test$file.text' }).ok).toBe(true);
    expect(verify({ ...put, path: '/test%24file.text' }).ok).toBe(true);
  });

  test.each([
    ['lifecycle', 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
    ['max-keys=2&prefix=J', '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
    ['prefix=J&max-keys=2', '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
  ])('GET Bucket with ?%s', (query, signature) => {
    const signed = authorization('host;x-amz-content-sha256;x-amz-date', signature);
    const headers = { ...common, 'x-amz-content-sha256': EMPTY, authorization: signed };

    expect(verify({ method: 'GET', path: '/', query, headers, body: '' }).ok).toBe(true);
  });

  test('a presigned URL', () => {
    const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${KEY}%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`;
    const headers = { host: common.host };

    expect(verify({ method: 'GET', path: '/test.txt', query, headers, body: '' }).ok).toBe(true);
  });

  describe('an upload in signed chunks', () => {
    const headers = {
      host: 's3.amazonaws.com',
      'x-amz-date': '20130524T000000Z',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
      'content-encoding': 'aws-chunked',
      'x-amz-decoded-content-length': '66560',
      'content-length': '66824',
      authorization: authorization(
        'content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class',
        '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
      ),
    };
    const body = [
      '10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
      'a'.repeat(65_536),
      '400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
      'a'.repeat(1024),
      '0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
      '',
      '',
    ].join('\r\n');
    const put = { method: 'PUT', path: '/examplebucket/chunkObject.txt', query: '', headers };

    test('is verified', () => {
      expect(verify({ ...put, body })).toMatchObject({ ok: true });
    });

    test.each([
      ['a changed byte', body.replace('aaaa', 'aaab')],
      ['an unsigned chunk', body.replace(/;chunk-signature=0055\w+/, '')],
      ['chunks in another order', body.replace('ad80c730', '0055627c')],
    ])('is refused with %s', (_name, changed) => {
      expect(verify({ ...put, body: changed })).toMatchObject({ ok: false, code: 'SignatureDoesNotMatch' });
    });
  });
});
