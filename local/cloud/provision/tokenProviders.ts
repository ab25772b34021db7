import { REGION } from '../../ground/account.ts';
import {
  isObject,
  type JsonObject,
  parseList,
  parseNumber,
  parseObject,
  parseText,
} from '../../ground/json.ts';
import { type TokenProvider, userPoolIssuer } from '../../services/appsync/access/tokenProvider.ts';
import type { EvaluatedStack, Resource } from '../assembly/evaluateStacks.ts';
import { refuse } from './refuse.ts';

/** The issuers whose tokens the stack's API takes. */
export function tokenProvidersOf({ resources }: EvaluatedStack): readonly TokenProvider[] {
  return resources
    .filter(({ type }) => type === 'AWS::AppSync::GraphQLApi')
    .flatMap((resource) => providersOf(resource).flatMap((provider) => tokenProviderOf(resource, provider)));
}

/** The API itself describes its default mode with the same properties as each additional provider. */
export function providersOf({ properties }: Resource): readonly JsonObject[] {
  return [properties, ...parseList(properties['AdditionalAuthenticationProviders']).filter(isObject)];
}

export function tokenProviderOf(resource: Resource, provider: JsonObject): readonly TokenProvider[] {
  const mode = provider['AuthenticationType'];
  if (mode === 'OPENID_CONNECT')
    return [openIdProvider(resource, parseObject(provider['OpenIDConnectConfig']))];
  if (mode === 'AMAZON_COGNITO_USER_POOLS')
    return [userPoolProvider(resource, parseObject(provider['UserPoolConfig']))];
  return [];
}

function openIdProvider(resource: Resource, config: JsonObject): TokenProvider {
  const issuer = parseText(config['Issuer'], '');
  if (!URL.canParse(issuer)) refuse(resource, `OpenIDConnectConfig with the issuer "${issuer}" is`);
  return {
    mode: 'OPENID_CONNECT',
    issuer,
    clientId: clientExpression(resource, config['ClientId']),
    iatTtl: limitOf(config['IatTTL']),
    authTtl: limitOf(config['AuthTTL']),
  };
}

function userPoolProvider(resource: Resource, config: JsonObject): TokenProvider {
  return {
    mode: 'AMAZON_COGNITO_USER_POOLS',
    issuer: userPoolIssuer(parseText(config['AwsRegion'], REGION), parseText(config['UserPoolId'], '')),
    clientId: clientExpression(resource, config['AppIdClientRegex']),
    defaultAction: config['DefaultAction'] === 'DENY' ? 'DENY' : 'ALLOW',
  };
}

function clientExpression(resource: Resource, value: unknown): string | null {
  const text = parseText(value, '');
  if (text === '') return null;
  try {
    return new RegExp(text).source;
  } catch {
    return refuse(resource, `the client id "${text}", which is not a regular expression,`);
  }
}

/** AppSync takes 0 for "no limit". */
export function limitOf(value: unknown): number | null {
  return parseNumber(value, null) || null;
}
