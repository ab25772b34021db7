import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, test } from 'vitest';
import { createSignatureVerifier } from '../../wire/signature/createSignatureVerifier.ts';
import type { SignedRequest } from '../../wire/signature/signature.ts';

const NOW = Date.parse('2015-08-30T12:36:00Z');
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const secrets = new Map([
  ['AKIDEXAMPLE', { secret: SECRET }],
  ['ASIDEXAMPLE', { secret: SECRET, sessionToken: 'the-token' }],
]);
const clock = { now: () => NOW };
const verify = createSignatureVerifier({ clock, wallClock: clock, secrets });

const minutes = (count: number) => ({ now: () => NOW + count * 60_000 });

const verifierAt = (cloud: number, wall = cloud) =>
  createSignatureVerifier({ clock: minutes(cloud), wallClock: minutes(wall), secrets });

type Signable = SignedRequest & { readonly service?: string };

/** Signs with the signer of the AWS SDKs; the path is given as it goes over the wire. */
async function signed(
  request: Signable,
  credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET },
) {
  const service = request.service ?? 's3';
  const signer = new SignatureV4({
    credentials,
    service,
    region: 'eu-west-3',
    sha256: Sha256,
    uriEscapePath: service !== 's3',
    applyChecksum: service === 's3',
  });
  const { headers } = await signer.sign(
    {
      method: request.method,
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: request.path,
      query: Object.fromEntries(new URLSearchParams(request.query)),
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      ),
      body: request.body,
    },
    { signingDate: new Date(NOW) },
  );
  return { ...request, headers };
}

const put = {
  method: 'PUT',
  path: '/bucket/key',
  query: '',
  headers: { host: '127.0.0.1:4000' },
  body: 'hello',
};
const post = { ...put, method: 'POST', path: '/', service: 'states' };

describe('the signer of the AWS SDKs', () => {
  test.each(['/bucket/key', '/bucket/a//b', '/bucket/../x', '/bucket/%C3%A9%20%2B%25%21%27', '/'])(
    'is verified for S3 with the path %s',
    async (path) => {
      const verified = verify(await signed({ ...put, path, query: 'list-type=2&prefix=a%2Fb%20c&empty=' }));

      expect(verified).toStrictEqual({
        ok: true,
        accessKeyId: 'AKIDEXAMPLE',
        service: 's3',
        region: 'eu-west-3',
      });
    },
  );

  test.each(['/', '/2015-03-31/functions/a%3Ab/invocations', '/graphql', '/a/./b/../c/'])(
    'is verified for other services with the path %s',
    async (path) => {
      const verified = verify(await signed({ ...post, path, body: new TextEncoder().encode('{"é":1}') }));

      expect(verified).toMatchObject({ ok: true, service: 'states' });
    },
  );

  test.each(['UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'])(
    'may leave the body of an S3 request to %s',
    async (marker) => {
      const request = await signed({ ...put, headers: { ...put.headers, 'x-amz-content-sha256': marker } });

      expect(verify({ ...request, body: 'any other body' }).ok).toBe(true);
    },
  );

  test('may sign a header value with letters that are not ASCII', async () => {
    const request = await signed({ ...put, headers: { ...put.headers, 'x-amz-meta-name': 'Zoë' } });
    const asUtf8OnTheWire = { ...request.headers, 'x-amz-meta-name': 'ZoÃ«' };

    expect(verify(request).ok).toBe(true);
    expect(verify({ ...request, headers: asUtf8OnTheWire }).ok).toBe(true);
  });

  test('is verified with a session token, and only with that one', async () => {
    const credentials = { accessKeyId: 'ASIDEXAMPLE', secretAccessKey: SECRET };
    const withToken = (sessionToken: string) => ({ ...credentials, sessionToken });
    const right = await signed(put, withToken('the-token'));
    const wrong = await signed(put, withToken('another'));

    expect(verify(right).ok).toBe(true);
    expect(verify(wrong)).toMatchObject({ ok: false, code: 'UnrecognizedClientException' });
    expect(verify(await signed(put, credentials))).toMatchObject({ code: 'UnrecognizedClientException' });
  });
});

describe('a request that was changed on its way', () => {
  test.each([
    ['method', { method: 'DELETE' }],
    ['path', { path: '/bucket/other' }],
    ['query', { query: 'versionId=1' }],
    ['host', { headers: { host: 'localhost:4000' } }],
  ])('is refused by its %s', async (_part, change) => {
    const request = await signed(put);
    const headers = { ...request.headers, ...('headers' in change ? change.headers : {}) };

    expect(verify({ ...request, ...change, headers })).toMatchObject({ code: 'SignatureDoesNotMatch' });
  });

  test('is refused by its body', async () => {
    expect(verify({ ...(await signed(put)), body: 'hullo' })).toMatchObject({
      code: 'XAmzContentSHA256Mismatch',
    });
    expect(verify({ ...(await signed(post)), body: 'hullo' })).toMatchObject({
      code: 'SignatureDoesNotMatch',
    });
  });

  test('is refused when another service claims that its body needs no signature', async () => {
    const request = await signed({
      ...post,
      headers: { ...put.headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    });

    expect(verify(request)).toMatchObject({ code: 'SignatureDoesNotMatch' });
  });

  test('is refused by an S3 header that was added unsigned', async () => {
    const request = await signed(put);
    const headers = { ...request.headers, 'x-amz-meta-added': 'yes' };

    expect(verify({ ...request, headers })).toMatchObject({ code: 'AccessDenied' });
  });
});

describe('a signature that is no good', () => {
  test.each([
    ['nothing', {}, 'MissingAuthenticationToken'],
    ['another scheme', { authorization: 'Bearer abc' }, 'IncompleteSignature'],
    ['no fields', { authorization: 'AWS4-HMAC-SHA256 ' }, 'IncompleteSignature'],
    [
      'half of it',
      { authorization: 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/x/s3/aws4_request' },
      'IncompleteSignature',
    ],
    [
      'an inherited name',
      { authorization: 'AWS4-HMAC-SHA256 __proto__=1, constructor=2' },
      'IncompleteSignature',
    ],
  ])('is refused: %s', (_name, headers, code) => {
    expect(verify({ ...put, headers: { ...put.headers, ...headers } })).toMatchObject({ ok: false, code });
  });

  test('is refused for an unknown key', async () => {
    const request = await signed(post, { accessKeyId: 'AKIDNOBODY', secretAccessKey: SECRET });

    expect(verify(request)).toStrictEqual({
      ok: false,
      code: 'UnrecognizedClientException',
      reason: 'The security token included in the request is invalid.',
    });
  });

  test('is refused for a wrong secret, without naming either', async () => {
    const verified = verify(await signed(post, { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wrong' }));

    expect(verified).toMatchObject({ ok: false, code: 'SignatureDoesNotMatch' });
    expect(JSON.stringify(verified)).not.toMatch(/wJalr|wrong/);
  });

  test('is refused when its scope names another region or service', async () => {
    const request = await signed(post);
    const authorization = String(request.headers['authorization']).replace('eu-west-3', 'us-east-1');

    expect(verify({ ...request, headers: { ...request.headers, authorization } })).toMatchObject({
      code: 'SignatureDoesNotMatch',
    });
  });

  test('is refused when it names more headers than anybody signs', async () => {
    const request = await signed(put);
    const authorization = String(request.headers['authorization']).replace('host;', 'host;'.repeat(101));

    expect(verify({ ...request, headers: { ...request.headers, authorization } })).toMatchObject({
      code: 'IncompleteSignature',
    });
  });

  test('is refused with a date that does not exist', async () => {
    const request = await signed(put);
    const headers = { ...request.headers, 'x-amz-date': '20159930T993600Z' };

    expect(verify({ ...request, headers })).toMatchObject({ code: 'IncompleteSignature' });
  });
});

describe('the time of a signature', () => {
  test.each([
    ['s3', 15],
    ['states', 5],
  ])('may be off for %s by %i minutes', async (service, limit) => {
    const request = await signed({ ...put, service });

    expect(verifierAt(limit)(request).ok).toBe(true);
    expect(verifierAt(-limit)(request).ok).toBe(true);
    expect(verifierAt(limit + 1)(request)).toMatchObject({ code: 'RequestTimeTooSkewed' });
    expect(verifierAt(-limit - 1)(request)).toMatchObject({ code: 'RequestTimeTooSkewed' });
  });

  test('may follow the machine or the cloud when tests have put the cloud forward', async () => {
    const request = await signed(post);

    expect(verifierAt(4320, 0)(request).ok).toBe(true);
    expect(verifierAt(0, -4320)(request).ok).toBe(true);
  });

  test('may lie between the two, as it does when the cloud was put forward on the way or since an SDK compared', async () => {
    const request = await signed(post);

    expect(verifierAt(4320, -4320)(request).ok).toBe(true);
    expect(verifierAt(4320, 6)(request)).toMatchObject({ code: 'RequestTimeTooSkewed' });
    expect(verifierAt(-6, -4320)(request)).toMatchObject({ code: 'RequestTimeTooSkewed' });
  });
});
