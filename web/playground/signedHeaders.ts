import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { regionOf, type Caller } from './exchange.ts';

type Credentials = Extract<Caller, { kind: 'IAM' }>;
type Headers = Readonly<Record<string, string>>;

/** The headers of a GraphQL request with the signature that AppSync wants of an IAM caller. */
export async function signedHeaders(
  url: string,
  body: string,
  headers: Headers,
  { accessKeyId, secretAccessKey }: Credentials,
): Promise<Headers> {
  const { protocol, hostname, host, pathname } = new URL(url);
  const signer = new SignatureV4({
    service: 'appsync',
    region: regionOf(url),
    credentials: { accessKeyId, secretAccessKey },
    sha256: Sha256,
  });
  const request = { method: 'POST', protocol, hostname, path: pathname, headers: { ...headers, host }, body };
  const { host: _host, ...signed } = (await signer.sign(request)).headers;
  return signed;
}
