import type { CfnGraphQLApi } from 'aws-cdk-lib/aws-appsync';
import { regionOfUserPool, type Approvers } from '../settings/approvers.ts';

type Provider = CfnGraphQLApi.AdditionalAuthenticationProviderProperty;

/** The authorization mode of signed-in approvers. */
export function approverMode(approvers: Approvers): Provider {
  const client = clientExpression(approvers.clientId);
  return approvers.kind === 'oidc'
    ? {
        authenticationType: 'OPENID_CONNECT',
        openIdConnectConfig: { issuer: approvers.issuer, clientId: client },
      }
    : {
        authenticationType: 'AMAZON_COGNITO_USER_POOLS',
        userPoolConfig: {
          userPoolId: approvers.userPoolId,
          awsRegion: regionOfUserPool(approvers.userPoolId),
          appIdClientRegex: client,
        },
      };
}

/** AppSync takes a regular expression; a dot in a client id is a dot. */
function clientExpression(clientId: string): string {
  return `^${clientId.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`;
}
