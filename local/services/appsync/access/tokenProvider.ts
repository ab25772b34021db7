/**
 * Where the tokens of signed-in callers come from, as a template's OpenIDConnectConfig or UserPoolConfig says.
 * `clientId` is AppSync's regular expression over client ids; null takes every client.
 */
export type TokenProvider =
  | {
      readonly mode: 'OPENID_CONNECT';
      readonly issuer: string;
      readonly clientId: string | null;
      /** How long a token is accepted after `iat`, in milliseconds; null does not limit it. */
      readonly iatTtl: number | null;
      /** How long a token is accepted after `auth_time`, in milliseconds; null does not limit it. */
      readonly authTtl: number | null;
    }
  | {
      readonly mode: 'AMAZON_COGNITO_USER_POOLS';
      readonly issuer: string;
      readonly clientId: string | null;
      readonly defaultAction: 'ALLOW' | 'DENY';
    };

/** The issuer of a user pool's tokens, https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html. */
export function userPoolIssuer(region: string, userPoolId: string): string {
  return `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;
}
