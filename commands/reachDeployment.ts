import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { BadCommand, isLocal, readOutputs, type Outputs } from './outputs.ts';

const ROOT = join(import.meta.dirname, '..');

const OF_AN_ACCOUNT = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE'];

/** Reads the outputs of a deployment, from the file that a command names, and lets the SDKs of this process reach it. */
export function reachDeployment(file = join(ROOT, 'outputs.json')): Outputs {
  const path = resolve(file);
  const outputs = readOutputs(path);
  if (isLocal(outputs) && process.env['AWS_ENDPOINT_URL'] === undefined) useLocalCloud(path, outputs);
  return outputs;
}

/**
 * The outputs.json of a local cloud stands beside its credentials: the SDKs of this process then need no setting, and an
 * account that is signed in is left alone. AWS_ENDPOINT_URL goes before it.
 */
function useLocalCloud(outputsFile: string, { GraphQLUrl = '' }: Outputs): void {
  const credentials = join(dirname(outputsFile), 'credentials');
  if (!existsSync(credentials))
    throw new BadCommand(
      `${outputsFile} is of a local cloud, and its credentials are not beside it: name the outputs.json in the data folder of the local cloud.`,
    );
  for (const name of OF_AN_ACCOUNT) delete process.env[name];
  // An address, because S3's clients then put the bucket into the path.
  process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${new URL(GraphQLUrl).port}`;
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = credentials;
}
