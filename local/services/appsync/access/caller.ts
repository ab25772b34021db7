import { ACCOUNT_ID } from '../../../ground/account.ts';

type Claims = Readonly<Record<string, unknown>>;

/** A caller with a verified token. */
export type SignedInCaller =
  | { readonly mode: 'OPENID_CONNECT'; readonly issuer: string; readonly claims: Claims }
  | {
      readonly mode: 'AMAZON_COGNITO_USER_POOLS';
      readonly issuer: string;
      readonly claims: Claims;
      /** `cognito:groups`; null for a token without it. */
      readonly groups: readonly string[] | null;
      readonly defaultAction: 'ALLOW' | 'DENY';
    };

export type Caller = { readonly remoteAddress: string } & (
  { readonly mode: 'API_KEY' } | { readonly mode: 'AWS_IAM'; readonly accessKeyId: string } | SignedInCaller
);

type Identity = Readonly<Record<string, unknown>>;

/**
 * `ctx.identity`: nothing for an API key, the signer for IAM, and what a token proves
 * (https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html, "Identity").
 * `forwardedFor` is the header of that name.
 */
export function identityOf(caller: Caller, forwardedFor: string | readonly string[] = []): Identity | null {
  switch (caller.mode) {
    case 'API_KEY':
      return null;
    case 'AWS_IAM':
      return signerIdentity(caller.accessKeyId, sourceIp(caller, forwardedFor));
    case 'OPENID_CONNECT':
      return { claims: caller.claims, issuer: caller.issuer, sub: caller.claims['sub'] };
    case 'AMAZON_COGNITO_USER_POOLS':
      return userPoolIdentity(caller, sourceIp(caller, forwardedFor));
  }
}

function sourceIp({ remoteAddress }: Caller, forwardedFor: string | readonly string[]): readonly string[] {
  const addresses = [forwardedFor].flat().flatMap((text) => text.split(','));
  return [...addresses.map((text) => text.trim()).filter((text) => text !== ''), remoteAddress];
}

function signerIdentity(accessKeyId: string, addresses: readonly string[]): Identity {
  return {
    accountId: ACCOUNT_ID,
    cognitoIdentityAuthProvider: null,
    cognitoIdentityAuthType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    sourceIp: addresses,
    userArn: `arn:aws:iam::${ACCOUNT_ID}:user/${accessKeyId}`,
    username: accessKeyId,
  };
}

function userPoolIdentity(
  { claims, issuer, groups, defaultAction }: Extract<Caller, { mode: 'AMAZON_COGNITO_USER_POOLS' }>,
  addresses: readonly string[],
): Identity {
  return {
    claims,
    defaultAuthStrategy: defaultAction,
    groups,
    issuer,
    sourceIp: addresses,
    sub: claims['sub'],
    // The username of an id token and that of an access token.
    username: claims['cognito:username'] ?? claims['username'] ?? claims['sub'],
  };
}
