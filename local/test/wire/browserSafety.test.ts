import { describe, expect, test } from 'vitest';
import { corsHeaders, preflightHeaders, refusal } from '../../wire/browserSafety.ts';

describe('a browser', () => {
  test.each(['localhost:4000', '127.0.0.1:4000', '[::1]:4000', 'localhost'])(
    'may ask the host %s',
    (host) => {
      expect(refusal({ host })).toBeNull();
    },
  );

  test.each([
    'evil.example',
    'localhost.evil.example',
    'localhost@evil.example',
    '10.0.0.1:4000',
    '',
    'localhost:4000:1',
  ])('is refused with the host %j', (host) => {
    expect(refusal({ host })).toMatch(/only to the hosts localhost/);
  });

  test.each(['http://localhost:3000', 'https://127.0.0.1', 'http://[::1]:5173'])(
    'may come from %s',
    (origin) => {
      expect(refusal({ host: 'localhost:4000', origin })).toBeNull();
      expect(corsHeaders({ origin })).toMatchObject({
        'access-control-allow-origin': origin,
        vary: 'Origin',
      });
    },
  );

  test.each([
    'http://evil.example',
    'null',
    'http://localhost.evil.example',
    'file://',
    'http://localhost:3000.evil',
  ])('is refused from %j', (origin) => {
    expect(refusal({ host: 'localhost:4000', origin })).toMatch(/only to pages from localhost/);
  });

  test.each([
    ['', []],
    ['X-Api-Key, content-type, my-own, amz-sdk-request, a b', ['my-own', 'amz-sdk-request']],
  ])('that asks to send the headers %j may send them and all that clients send', (asked, more) => {
    const headers = preflightHeaders({
      origin: 'http://localhost:3000',
      'access-control-request-headers': asked,
    });

    const clients =
      'content-type, authorization, x-api-key, x-amz-user-agent, x-amz-date, x-amz-security-token';
    expect(headers['access-control-allow-headers']).toBe([clients, ...more].join(', '));
  });
});
