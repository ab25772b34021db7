import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { expect, test } from 'vitest';
import { CREDENTIALS, serveS3 } from './serveS3.ts';

async function presign(
  endpoint: string,
  method: string,
  query: Readonly<Record<string, string>>,
): Promise<string> {
  const signer = new SignatureV4({
    credentials: CREDENTIALS,
    service: 's3',
    region: 'us-east-1',
    sha256: Sha256,
    uriEscapePath: false,
  });
  const { host, hostname } = new URL(endpoint);
  const headers = { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
  const path = '/bucket/a%20b';
  const signed = await signer.presign({
    method,
    protocol: 'http:',
    hostname,
    path,
    query: { ...query },
    headers,
  });
  const names = Object.entries(signed.query ?? {}).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  return `${endpoint}${path}?${names.join('&')}`;
}

test('a presigned URL lets anybody put and get one object for a while', async () => {
  const { endpoint } = await serveS3();
  const putUrl = await presign(endpoint, 'PUT', {
    'x-amz-meta-author': 'Ada',
    'x-amz-checksum-crc32': 'NhCmhg==',
  });
  const getUrl = await presign(endpoint, 'GET', { 'response-content-type': 'text/csv' });

  const wrong = await fetch(putUrl, { method: 'PUT', body: 'other' });
  const put = await fetch(putUrl, { method: 'PUT', body: 'hello' });
  const got = await fetch(getUrl);
  const deleted = await fetch(getUrl, { method: 'DELETE' });

  expect([wrong.status, put.status, got.status, deleted.status]).toEqual([400, 200, 200, 403]);
  expect(await got.text()).toBe('hello');
  expect(got.headers.get('content-type')).toBe('text/csv');
  expect(got.headers.get('x-amz-meta-author')).toBe('Ada');
});
