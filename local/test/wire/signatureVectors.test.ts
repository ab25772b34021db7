import { describe, expect, test } from 'vitest';
import { createSignatureVerifier } from '../../wire/signature/createSignatureVerifier.ts';

const clock = { now: () => Date.parse('2015-08-30T12:36:00Z') };
const secrets = new Map([['AKIDEXAMPLE', { secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }]]);
const verify = createSignatureVerifier({ clock, wallClock: clock, secrets });

const published = (signedHeaders: string, signature: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${signedHeaders}, Signature=${signature}`;

describe('the test vectors that AWS published for Signature Version 4', () => {
  const vanilla = { method: 'GET', path: '/', query: '', body: '' };
  const headers = { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' };

  test.each([
    ['get-vanilla', {}, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    [
      'get-vanilla-query-order-key-case',
      { query: 'Param2=value2&Param1=value1' },
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    ['post-vanilla', { method: 'POST' }, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    ['get-utf8', { path: '/ሴ' }, '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85'],
  ])('%s', (_name, difference, signature) => {
    const authorization = published('host;x-amz-date', signature);

    const verified = verify({ ...vanilla, ...difference, headers: { ...headers, authorization } });

    expect(verified).toStrictEqual({
      ok: true,
      accessKeyId: 'AKIDEXAMPLE',
      service: 'service',
      region: 'us-east-1',
    });
  });

  test('get-header-key-duplicate, as Node joins the headers', () => {
    const authorization = published(
      'host;my-header1;x-amz-date',
      'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
    );
    const joined = { ...headers, authorization, 'my-header1': 'value2, value2, value1' };
    const listed = { ...headers, authorization, 'my-header1': ['value2', 'value2', 'value1'] };

    expect(verify({ ...vanilla, headers: joined }).ok).toBe(true);
    expect(verify({ ...vanilla, headers: listed }).ok).toBe(true);
  });

  test('get-header-value-trim', () => {
    const authorization = published(
      'host;my-header1;my-header2;x-amz-date',
      'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
    );
    const padded = { ...headers, authorization, 'my-header1': ' value1', 'my-header2': ' "a   b   c"' };

    expect(verify({ ...vanilla, headers: padded }).ok).toBe(true);
  });
});
