import { Sha256 } from '@aws-crypto/sha256-js';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SignatureV4 } from '@smithy/signature-v4';
import { regionOf, type Deployment } from './outputs.ts';

export type FoundStack = { readonly isProtected: boolean };

const MAX_MILLISECONDS = 10_000;

/**
 * What CloudFormation says of the stack; null: there is none. One request, signed here: the client of CloudFormation would
 * be a package for this alone.
 */
export async function findStack({ stack, outputs }: Deployment): Promise<FoundStack | null> {
  const text = await ask(regionOf(outputs), { Action: 'DescribeStacks', StackName: stack });
  if (text === null) return null;
  return { isProtected: text.includes('<EnableTerminationProtection>true<') };
}

async function ask(region: string, parameters: Readonly<Record<string, string>>): Promise<string | null> {
  const url = new URL(endpointOf(region));
  const body = String(new URLSearchParams({ ...parameters, Version: '2010-05-15' }));
  const signer = new SignatureV4({
    service: 'cloudformation',
    region,
    credentials: new SFNClient({ region }).config.credentials,
    sha256: Sha256,
  });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    headers: { host: url.host, 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });
  const signal = AbortSignal.timeout(MAX_MILLISECONDS);
  const response = await fetch(url, { method: 'POST', headers, body, signal });
  const text = await response.text();
  if (response.ok) return text;
  const [code = '', message = ''] = ['Code', 'Message'].map((name) => textIn(text, name));
  if (code === 'ValidationError' && message.includes('does not exist')) return null;
  throw new CloudFormationRefused(code || String(response.status), message);
}

const textIn = (xml: string, name: string): string => new RegExp(`<${name}>([^<]*)<`).exec(xml)?.[1] ?? '';

function endpointOf(region: string): string {
  const given = process.env['AWS_ENDPOINT_URL_CLOUDFORMATION'] ?? process.env['AWS_ENDPOINT_URL'];
  return given ?? `https://cloudformation.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/`;
}

/** Looks as an error of the AWS SDK does. */
class CloudFormationRefused extends Error {
  readonly $metadata = {};
  override readonly name: string;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
