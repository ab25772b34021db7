import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { CREDENTIALS } from './startApi.ts';

export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

export type SignOptions = {
  readonly url: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly service?: string;
  readonly secretAccessKey?: string;
  readonly credentials?: Credentials;
  readonly region?: string;
  readonly date?: Date;
};

/** The headers of a POST, signed as an AWS SDK signs it. */
export async function sign({
  url,
  body,
  headers = {},
  service = 'appsync',
  credentials = CREDENTIALS,
  secretAccessKey = credentials.secretAccessKey,
  region = 'us-east-1',
  date = new Date(),
}: SignOptions): Promise<Record<string, string>> {
  const { hostname, host, pathname, protocol } = new URL(url);
  const signer = new SignatureV4({
    service,
    region,
    sha256: Sha256,
    credentials: { ...credentials, secretAccessKey },
  });
  const signed = await signer.sign(
    {
      method: 'POST',
      protocol,
      hostname,
      path: pathname,
      query: {},
      headers: { host, 'content-type': 'application/json', ...headers },
      body,
    },
    { signingDate: date },
  );
  return signed.headers;
}

/** What a client puts into the auth object of a socket. */
export function signForSocket(
  url: string,
  body: string,
  options: Partial<SignOptions> = {},
): Promise<Record<string, string>> {
  return sign({
    ...options,
    url,
    body,
    headers: {
      accept: 'application/json, text/javascript',
      'content-encoding': 'amz-1.0',
      'content-type': 'application/json; charset=UTF-8',
    },
  });
}
