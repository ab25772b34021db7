import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Credentials, credentialsIn } from '@countersign/local-cloud/testing';

/** An API with a schema that the rules know, by its addresses alone. */
export type ProtocolTarget = {
  readonly graphqlUrl: string;
  readonly realtimeUrl: string;
  readonly apiKey: string;
  /** May call what is for IAM. */
  readonly credentials: Credentials;
  readonly region: string;
};

export type Level = 'MUST' | 'SHOULD';

/** One statement about the protocol; `check` throws when the target does not hold it. */
export type Rule<T = ProtocolTarget> = {
  readonly id: string;
  readonly level: Level;
  readonly says: string;
  readonly check: (target: T) => Promise<void>;
};

type StackOutputs = { readonly GraphQLUrl: string; readonly RealtimeUrl: string; readonly ApiKey: string };

/**
 * The API of the first stack in an outputs file, of `cdk deploy --outputs-file` or of a local cloud. Credentials are
 * the local cloud's beside the file, else those of the environment.
 */
export function targetOf(outputsFile: string, environment: NodeJS.ProcessEnv = process.env): ProtocolTarget {
  const stacks: Record<string, StackOutputs> = JSON.parse(readFileSync(outputsFile, 'utf8'));
  const [outputs] = Object.values(stacks);
  if (outputs === undefined) throw new Error(`${outputsFile} names no stack.`);
  const folder = dirname(outputsFile);
  return {
    graphqlUrl: outputs.GraphQLUrl,
    realtimeUrl: outputs.RealtimeUrl,
    apiKey: outputs.ApiKey,
    credentials: existsSync(join(folder, 'credentials')) ? credentialsIn(folder) : credentialsOf(environment),
    region: /\.appsync-api\.([a-z0-9-]+)\./.exec(outputs.GraphQLUrl)?.[1] ?? 'us-east-1',
  };
}

function credentialsOf(environment: NodeJS.ProcessEnv): Credentials {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = environment;
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw new Error(
      'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set: some rules sign their requests.',
    );
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}
