import { CfnApiKey, type CfnGraphQLSchema } from 'aws-cdk-lib/aws-appsync';
import type { Construct } from 'constructs';
import type { ApiKeyEnd } from '../settings/apiKeyEnd.ts';

export type ApiKeyProps = {
  readonly apiId: string;
  readonly schema: CfnGraphQLSchema;
  readonly end: ApiKeyEnd;
};

export function addApiKey(scope: Construct, id: string, { apiId, schema, end }: ApiKeyProps): void {
  if (end === 'off') return;
  const expires = end === 'trial' ? {} : { expires: end.seconds };
  const key = new CfnApiKey(scope, id, { apiId, ...expires });
  // AppSync refuses a key while it reads the schema: ConcurrentModificationException (aws-cdk issue 8168).
  key.addResourceDependency(schema);
}
