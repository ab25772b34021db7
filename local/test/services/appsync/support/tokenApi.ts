import type { TokenProvider } from '../../../../services/appsync/access/tokenProvider.ts';
import { postGraphql } from '../../../../testing/postGraphql.ts';
import { resolver } from './apiDefinition.ts';
import { startApi, type RunningApi } from './startApi.ts';
import { CLIENT, type Issuer } from './startIssuer.ts';

const SHOW = `import { util } from '@aws-appsync/utils';
export function request(ctx) { return { payload: JSON.stringify({ identity: ctx.identity, type: util.authType() }) } }
export function response(ctx) { return ctx.result }`;
/** Fields for keys, for people and for a pool; resolvers show who asks. */
export const SCHEMA = `
type Query {
  forKeys: String
  forPeople: String @aws_oidc
  forPool: String @aws_cognito_user_pools
  forGroup: String @aws_cognito_user_pools(cognito_groups: ["approvers"])
}
type Mutation { say(text: String): Said @aws_api_key @aws_oidc @aws_cognito_user_pools }
type Said @aws_api_key @aws_oidc @aws_cognito_user_pools {
  text: String
  secret: String @aws_cognito_user_pools(cognito_groups: ["approvers"])
}
type Subscription {
  onSaid: Said @aws_subscribe(mutations: ["say"]) @aws_api_key @aws_oidc @aws_cognito_user_pools
}
`;
export const RESOLVERS = [
  ...['forKeys', 'forPeople', 'forPool', 'forGroup'].map((field) => resolver(`Query.${field}`, SHOW)),
  resolver(
    'Mutation.say',
    `export function request(ctx) { return { payload: { text: ctx.args.text, secret: 's' } } }
export function response(ctx) { return ctx.result }`,
  ),
];

type Provided = Partial<Extract<TokenProvider, { mode: 'OPENID_CONNECT' }>>;

/** An API for people of this issuer, for those of a pool, and for keys. */
export async function apiOf(issuer: Issuer, changes: Provided = {}): Promise<RunningApi> {
  return startApi({
    schema: SCHEMA,
    resolvers: RESOLVERS,
    additionalAuth: ['OPENID_CONNECT', 'AMAZON_COGNITO_USER_POOLS'],
    tokenProviders: [
      {
        mode: 'OPENID_CONNECT',
        issuer: issuer.url,
        clientId: CLIENT,
        iatTtl: null,
        authTtl: null,
        ...changes,
      },
      {
        mode: 'AMAZON_COGNITO_USER_POOLS',
        issuer: `${issuer.url}/pool`,
        clientId: CLIENT,
        defaultAction: 'ALLOW',
      },
    ],
  });
}

/** Asks with a token. */
export function ask(api: RunningApi, token: string, query = '{ forPeople }') {
  return postGraphql(api, JSON.stringify({ query }), { authorization: token });
}

/** The answer to a token that does not count. */
export const UNAUTHORIZED = {
  status: 401,
  body: { errors: [{ errorType: 'UnauthorizedException', message: 'Unauthorized' }] },
};
