import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { REGION } from '../ground/account.ts';
import type { Credentials } from './credentialsIn.ts';

export type SignOptions = {
  readonly url: string;
  /** The service's name in a signature, such as `appsync`, `states` or `s3`. */
  readonly service: string;
  readonly credentials: Credentials;
  /** POST by default. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** us-east-1 by default. */
  readonly region?: string;
  /** The time of the signature; now by default. */
  readonly date?: Date;
};

/**
 * The headers of a request with AWS's Signature Version 4, made by AWS's own signer. They hold `host`, which `fetch`
 * sets by itself to the same value.
 */
export async function sign(request: SignOptions): Promise<Record<string, string>> {
  const { url, service, credentials, method = 'POST', headers = {}, body = '', region = REGION } = request;
  const { protocol, hostname, host, pathname: path, searchParams } = new URL(url);
  const uriEscapePath = service !== 's3'; // S3 signs a path as it is
  const signer = new SignatureV4({ service, region, credentials, uriEscapePath, sha256: Sha256 });
  const query = Object.fromEntries(searchParams);
  const signed = await signer.sign(
    { method, protocol, hostname, path, query, headers: { host, ...headers }, body },
    { signingDate: request.date ?? new Date() },
  );
  return signed.headers;
}

/** What a client signs into the `authorization` of a socket: `url` is that of GraphQL, followed by `/connect` for the handshake. */
export function signForSocket(
  request: Omit<SignOptions, 'method' | 'headers'>,
): Promise<Record<string, string>> {
  return sign({
    ...request,
    headers: {
      accept: 'application/json, text/javascript',
      'content-encoding': 'amz-1.0',
      'content-type': 'application/json; charset=UTF-8',
    },
  });
}
