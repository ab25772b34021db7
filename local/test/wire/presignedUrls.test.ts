import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, test } from 'vitest';
import { createSignatureVerifier } from '../../wire/signature/createSignatureVerifier.ts';
import type { SignedRequest } from '../../wire/signature/signature.ts';

const NOW = Date.parse('2015-08-30T12:36:00Z');
const DAY = 86_400_000;
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const secrets = new Map([['AKIDEXAMPLE', { secret: SECRET }]]);

const verifierAt = (time: number) =>
  createSignatureVerifier({ clock: { now: () => time }, wallClock: { now: () => time }, secrets });

async function presigned(expiresIn: number): Promise<SignedRequest> {
  const signer = new SignatureV4({
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET },
    service: 's3',
    region: 'us-east-1',
    sha256: Sha256,
    uriEscapePath: false,
  });
  const { query } = await signer.presign(
    {
      method: 'GET',
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: '/bucket/key',
      query: { 'response-content-type': 'text/plain; charset=utf-8' },
      headers: { host: '127.0.0.1:4000', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    },
    { expiresIn, signingDate: new Date(NOW) },
  );
  const text = Object.entries(query ?? {}).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  return {
    method: 'GET',
    path: '/bucket/key',
    query: text.join('&'),
    headers: { host: '127.0.0.1:4000' },
    body: '',
  };
}

describe('a presigned URL', () => {
  test('is verified until it expires', async () => {
    const request = await presigned(3600);

    expect(verifierAt(NOW)(request)).toMatchObject({ ok: true, service: 's3' });
    expect(verifierAt(NOW + 3_600_000)(request).ok).toBe(true);
    expect(verifierAt(NOW + 3_601_000)(request)).toMatchObject({
      code: 'AccessDenied',
      reason: 'Request has expired',
    });
    expect(verifierAt(NOW - DAY)(request)).toMatchObject({ code: 'AccessDenied' });
  });

  test('is refused for another method and a longer life', async () => {
    const request = await presigned(60);
    const longer = request.query.replace('X-Amz-Expires=60', 'X-Amz-Expires=6000');

    expect(verifierAt(NOW)({ ...request, method: 'PUT' })).toMatchObject({ code: 'SignatureDoesNotMatch' });
    expect(verifierAt(NOW)({ ...request, query: longer })).toMatchObject({ code: 'SignatureDoesNotMatch' });
    expect(verifierAt(NOW)({ ...request, query: request.query.replace('=60', '=999999') })).toMatchObject({
      code: 'IncompleteSignature',
    });
  });
});
