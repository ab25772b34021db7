import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outputs } from './localCloud.ts';

/** Publishes a status as an administrator, signed as the functions sign theirs; resolves when AppSync has answered. */
export function createPublisher(outputs: Outputs, data: string): (orderId: string) => Promise<void> {
  const text = readFileSync(join(data, 'credentials'), 'utf8');
  const value = (name: string) => new RegExp(`${name} = (.+)`).exec(text)?.[1] ?? '';
  const signer = new SignatureV4({
    service: 'appsync',
    region: 'us-east-1',
    sha256: Sha256,
    credentials: { accessKeyId: value('aws_access_key_id'), secretAccessKey: value('aws_secret_access_key') },
  });
  const url = new URL(outputs.GraphQLUrl);
  return async (orderId) => {
    const query = `mutation { publishOrderStatus(input: {orderId: "${orderId}", status: PAUSED, version: 3, at: "2026-01-01T00:00:00Z"}) { orderId status version at } }`;
    const signed = await signer.sign({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      port: Number(url.port),
      path: url.pathname,
      headers: { host: url.host, 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { host: _host, ...headers } = signed.headers;
    const response = await fetch(url, { method: 'POST', headers, body: String(signed.body) });
    const answer: { errors?: unknown } = await response.json();
    if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
  };
}
