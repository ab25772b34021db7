import { describe, expect, test } from 'vitest';
import { createSignatureVerifier } from '../../wire/signature/createSignatureVerifier.ts';
import type { SignedRequest } from '../../wire/signature/signature.ts';

const KEY = 'AKIAIOSFODNN7EXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
/** Its URLs below end at 1795911353: an hour after boto3 1.43 made them. */
const MADE = 1_795_907_753_000;
const HOUR = 3_600_000;

function verifierAt(time: number, sessionToken: string | null = null) {
  const clock = { now: () => time };
  return createSignatureVerifier({
    clock,
    wallClock: clock,
    secrets: new Map([[KEY, { secret: SECRET, sessionToken }]]),
  });
}

function requestOf(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>> = {},
): SignedRequest {
  const [path = '', query = ''] = url.split('?');
  return { method, path, query, headers: { host: '127.0.0.1:4000', ...headers }, body: '' };
}

const VERIFIED = { ok: true, accessKeyId: KEY, service: 's3', region: 'us-east-1' };

describe('a header of signature version 2', () => {
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html
  test.each([
    ['GET', '/awsexamplebucket1/photos/puppy.jpg', '19:36:42', 'qgk2+6Sv9/oM7G3qLEjTH1a1l1g=', {}],
    [
      'PUT',
      '/awsexamplebucket1/photos/puppy.jpg',
      '21:15:45',
      'iqRzw+ileNPu1fhspnRs8nOjjIA=',
      { 'content-type': 'image/jpeg' },
    ],
    ['GET', '/awsexamplebucket1/?acl', '19:44:46', '82ZHiFIjc+WbcwFKGUVEQspPn+0=', {}],
  ])('of the manual is verified: %s %s', (method, url, time, signature, more) => {
    const headers = {
      date: `Tue, 27 Mar 2007 ${time} +0000`,
      authorization: `AWS ${KEY}:${signature}`,
      ...more,
    };
    const now = Date.parse(headers.date);

    expect(verifierAt(now)(requestOf(method, url, headers))).toEqual(VERIFIED);
    expect(verifierAt(now + HOUR)(requestOf(method, url, headers))).toMatchObject({
      code: 'RequestTimeTooSkewed',
    });
    expect(verifierAt(now)(requestOf('DELETE', url, headers))).toMatchObject({
      code: 'SignatureDoesNotMatch',
    });
  });

  const put = {
    'content-type': 'text/plain',
    'x-amz-meta-b': ' two  ',
    'x-amz-meta-a': '1',
    'x-amz-checksum-crc32': 'jNwWgw==',
    'x-amz-sdk-checksum-algorithm': 'CRC32',
    date: 'Sat, 28 Nov 2026 23:15:53 GMT',
    authorization: `AWS ${KEY}:NnLLdGiHYTkogDuJUSvLRdve5Uo=`,
  };

  test('of boto3 covers every x-amz- header', () => {
    const added = { ...put, 'x-amz-meta-c': 'mine' };

    expect(verifierAt(MADE)(requestOf('PUT', '/bucket/a%20b', put))).toEqual(VERIFIED);
    expect(verifierAt(MADE)(requestOf('PUT', '/bucket/a%20b', added))).toMatchObject({
      code: 'SignatureDoesNotMatch',
    });
  });

  test.each([
    [{ authorization: `AWS AKIAUNKNOWN:NnLLdGiHYTkogDuJUSvLRdve5Uo=` }, 'UnrecognizedClientException'],
    [{ authorization: `AWS ${KEY}:NnLL` }, 'SignatureDoesNotMatch'],
    [{ date: 'yesterday' }, 'AccessDenied'],
    [{ 'x-amz-security-token': 'a-token' }, 'UnrecognizedClientException'],
  ])('that cannot be right is refused: %j', (changed, code) => {
    const request = requestOf('PUT', '/bucket/a%20b', { ...put, ...changed });

    expect(verifierAt(MADE)(request)).toMatchObject({ ok: false, code });
  });
});

describe('a presigned URL of signature version 2, as boto3 makes it', () => {
  const query = (signature: string, more = '') =>
    `AWSAccessKeyId=${KEY}&Signature=${signature}${more}&Expires=1795911353`;
  const get = `/bucket/red%20flower%20%C3%A9%2B.jpg?versionId=abc&response-content-type=text%2Fcsv%3B%20charset%3Dutf-8&${query('5EMvM8ZRG%2FpIuXoSQcWQ283IwkA%3D')}`;
  const put = `/bucket/a/b.txt?${query('ScqZT%2Bpqk7ci2CH2rK5cAk0bRbI%3D', '&content-type=text%2Fplain&x-amz-meta-author=Ada')}`;
  const list = `/bucket?list-type=2&prefix=a&encoding-type=url&${query('1hD%2Bvm5O%2F0D4XSi9mdq2vlrbg4o%3D')}`;

  test.each([
    ['GET', get],
    ['PUT', put],
    ['GET', list],
  ])('is verified until it expires: %s %s', (method, url) => {
    const request = requestOf(method, url);

    expect(verifierAt(MADE)(request)).toEqual(VERIFIED);
    expect(verifierAt(MADE + HOUR)(request)).toEqual(VERIFIED);
    expect(verifierAt(MADE + HOUR + 1000)(request)).toMatchObject({
      code: 'AccessDenied',
      reason: 'Request has expired',
    });
  });

  test.each([
    ['DELETE', get],
    ['GET', get.replace('versionId=abc', 'versionId=abd')],
    ['GET', get.replace('red', 'reb')],
    ['PUT', put.replace('Ada', 'Eve')],
    ['PUT', put.replace('Expires=1795911353', 'Expires=1795911354')],
  ])('is refused for anything else: %s %s', (method, url) => {
    expect(verifierAt(MADE)(requestOf(method, url))).toMatchObject({ code: 'SignatureDoesNotMatch' });
  });

  test('with a session token needs that token', () => {
    const url = `/bucket/k?${query('IFhRZ7eOi%2B6PhZDFi9S0EBw92N0%3D', '&x-amz-security-token=a-token%2F%2B%3D')}`;

    expect(verifierAt(MADE, 'a-token/+=')(requestOf('DELETE', url))).toEqual(VERIFIED);
    expect(verifierAt(MADE)(requestOf('DELETE', url))).toMatchObject({ code: 'UnrecognizedClientException' });
  });

  test.each(['', 'soon', '1e12'])('with the expiry "%s" is refused', (expires) => {
    const url = get.replace('Expires=1795911353', `Expires=${expires}`);

    expect(verifierAt(MADE)(requestOf('GET', url))).toMatchObject({ code: 'AccessDenied' });
  });
});
