import type { Context } from '@aws-appsync/utils';
import { describe, expect, test } from 'vitest';
import { signedIn } from '../../resolvers/input/signedIn.ts';

const identity = (claims: Readonly<Record<string, unknown>>): Context['identity'] => ({
  sub: 'a1b2',
  issuer: 'https://issuer',
  claims,
});

describe('the person behind a token', () => {
  test.each([
    ['the email', { email: 'ada@example.com', preferred_username: 'Ada' }, 'ada@example.com'],
    ['preferred_username without an email', { preferred_username: 'Ada' }, 'Ada'],
    ['sub without either', {}, 'a1b2'],
    [
      'not an email that the issuer has not verified',
      { email: 'boss@example.com', email_verified: false },
      'a1b2',
    ],
  ])('is named by %s', (_what, claims, name) => {
    expect(signedIn(identity(claims))).toEqual({ name, id: 'https://issuer a1b2', groups: [] });
  });

  test('is in the groups of either claim', () => {
    const claims = { groups: ['one'], 'cognito:groups': ['two'] };

    expect(signedIn(identity(claims))?.groups).toEqual(['one', 'two']);
  });

  test('does not exist for an API key, nor for a signed call', () => {
    const signer = {
      accountId: '111111111111',
      cognitoIdentityPoolId: null,
      cognitoIdentityId: null,
      cognitoIdentityAuthType: null,
      cognitoIdentityAuthProvider: null,
      sourceIp: ['127.0.0.1'],
      username: 'AKIA',
      userArn: 'arn',
    };

    expect(signedIn(null)).toBeNull();
    expect(signedIn(signer as never)).toBeNull();
  });
});
