import type { AppSyncIdentityOIDC, Context } from '@aws-appsync/utils';

/** A caller with a verified token. `id` is the issuer and its own id of the person. */
export type SignedIn = { readonly name: string; readonly id: string; readonly groups: readonly string[] };

type Claims = Readonly<Record<string, unknown>>;

/** The person behind a token of OpenID Connect or of a user pool; null for an API key and for IAM. */
export function signedIn(identity: Context['identity']): SignedIn | null {
  const { claims, issuer, sub } = (identity ?? {}) as Partial<AppSyncIdentityOIDC>; // IAM's has none of them
  if (!claims) return null;
  return {
    name: `${nameIn(claims) ?? sub}`,
    id: `${issuer} ${sub}`,
    groups: [...groupsIn(claims['groups']), ...groupsIn(claims['cognito:groups'])],
  };
}

/** An address that the issuer has not verified could be anybody's. */
function nameIn(claims: Claims): unknown {
  const email = claims['email_verified'] === false ? null : claims['email'];
  return email ?? claims['preferred_username'];
}

function groupsIn(claim: unknown): readonly string[] {
  return Array.isArray(claim) ? claim : [];
}
