import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { LocalCloud } from './localCloud.ts';

type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string };

/** What a local cloud wrote into its credentials file. */
export function administratorOf({ data }: LocalCloud): Credentials {
  const file = readFileSync(join(data, 'credentials'), 'utf8');
  const valueOf = (name: string) => new RegExp(`^${name} = (.+)$`, 'm').exec(file)?.[1] ?? '';
  return { accessKeyId: valueOf('aws_access_key_id'), secretAccessKey: valueOf('aws_secret_access_key') };
}

/** What an SDK's client of the cloud needs. */
export function clientOptions(cloud: LocalCloud) {
  return {
    endpoint: cloud.endpoint(),
    region: 'us-east-1',
    credentials: administratorOf(cloud),
    maxAttempts: 1,
  };
}

export type Signed = {
  readonly service: string;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** A signed request, for services without an SDK here. */
export async function signedFetch(
  cloud: LocalCloud,
  { service, path, method = 'POST', headers, body = '' }: Signed,
) {
  const url = new URL(cloud.endpoint() + path);
  const signer = new SignatureV4({
    service,
    region: 'us-east-1',
    credentials: administratorOf(cloud),
    sha256: Sha256,
  });
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: {
      host: url.host,
      'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
      ...headers,
    },
    body,
  });
  const { host: _, ...sent } = signed.headers;
  return fetch(url, { method, headers: sent, ...(body === '' ? {} : { body }) });
}
