import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readOutputs, type Outputs } from './outputs.ts';

const ROOT = join(import.meta.dirname, '..');

const OF_AN_ACCOUNT = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE'];

/** Reads the outputs of a deployment, from the file that a command names, and lets the SDKs of this process reach it. */
export function reachDeployment(file = join(ROOT, 'outputs.json')): Outputs {
  const path = resolve(file);
  const outputs = readOutputs(path);
  useLocalCloud(path, outputs);
  return outputs;
}

/**
 * The outputs.json of a local cloud stands beside its credentials: the SDKs of this process then need no setting, and an
 * account that is signed in is left alone. AWS_ENDPOINT_URL goes before it.
 */
function useLocalCloud(outputsFile: string, { GraphQLUrl = '' }: Outputs): void {
  const { protocol, hostname, port } = new URL(GraphQLUrl);
  const credentials = join(dirname(outputsFile), 'credentials');
  const isLocal = protocol === 'http:' && hostname === 'localhost' && existsSync(credentials);
  if (!isLocal || process.env['AWS_ENDPOINT_URL'] !== undefined) return;
  for (const name of OF_AN_ACCOUNT) delete process.env[name];
  // An address, because S3's clients then put the bucket into the path.
  process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${port}`;
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = credentials;
}
