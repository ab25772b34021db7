import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** The administrator's credentials of the cloud with this data folder. */
export function credentialsIn(data: string): Credentials {
  const file = readFileSync(join(data, 'credentials'), 'utf8');
  const valueOf = (name: string) => new RegExp(`^${name} = (.+)$`, 'm').exec(file)?.[1] ?? '';
  return { accessKeyId: valueOf('aws_access_key_id'), secretAccessKey: valueOf('aws_secret_access_key') };
}
