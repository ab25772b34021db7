import { ACCOUNT_ID } from '../../../ground/account.ts';
import type { AuthMode } from '../appsync.ts';

export type Caller = {
  readonly mode: AuthMode;
  /** Null for an API key. */
  readonly accessKeyId: string | null;
  readonly remoteAddress: string;
};

/** `ctx.identity`: nothing for an API key, the signer for IAM. `forwardedFor` is the header of that name. */
export function identityOf(
  { accessKeyId, remoteAddress }: Caller,
  forwardedFor: string | readonly string[] = [],
): Readonly<Record<string, unknown>> | null {
  if (accessKeyId === null) return null;
  const addresses = [forwardedFor].flat().flatMap((text) => text.split(','));
  return {
    accountId: ACCOUNT_ID,
    cognitoIdentityAuthProvider: null,
    cognitoIdentityAuthType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    sourceIp: [...addresses.map((text) => text.trim()).filter((text) => text !== ''), remoteAddress],
    userArn: `arn:aws:iam::${ACCOUNT_ID}:user/${accessKeyId}`,
    username: accessKeyId,
  };
}
