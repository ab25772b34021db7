import type { ApiDefinition, ResolverDefinition } from '../../../../services/appsync/appsync.ts';
import { SCHEMA } from '../../../support/rooms.ts';

export const API_KEY = 'da2-abcdefghijklmnopqrstuvwxyz';
export const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:111111111111:function:worker';

const PASS = `
export function request(ctx) { return { payload: ctx.args.input } }
export function response(ctx) { return ctx.result }
`;

/** A resolver on the NONE data source; by default it answers its input. */
export function resolver(field: string, code: string = PASS): ResolverDefinition {
  const [typeName = '', fieldName = ''] = field.split('.');
  return {
    typeName,
    fieldName,
    kind: 'UNIT',
    dataSource: 'none',
    functions: [],
    code: { text: code, file: `${field}.js` },
    maxBatchSize: 0,
  };
}

/** The rooms of local/test/support/rooms.ts, with these changes. */
export function apiDefinition(changes: Partial<ApiDefinition> = {}): ApiDefinition {
  return {
    id: 'api',
    arn: 'arn:aws:appsync:us-east-1:111111111111:apis/api',
    name: 'Rooms',
    schema: SCHEMA,
    defaultAuth: 'API_KEY',
    additionalAuth: ['AWS_IAM'],
    tokenProviders: [],
    apiKeys: [{ key: API_KEY, expires: null }],
    queryDepthLimit: null,
    resolverCountLimit: null,
    introspection: true,
    environment: { STAGE: 'test' },
    dataSources: [
      { name: 'none', type: 'NONE' },
      { name: 'worker', type: 'AWS_LAMBDA', functionArn: FUNCTION_ARN },
    ],
    functions: [],
    resolvers: [
      resolver('Mutation.publishRoom'),
      resolver('Mutation.openRoom'),
      resolver('Mutation.publishStrict'),
      resolver('Mutation.publishSigned'),
    ],
    ...changes,
  };
}
