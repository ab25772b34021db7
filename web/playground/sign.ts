import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { regionOf, type Caller } from './exchange.ts';

export type Credentials = Extract<Caller, { kind: 'IAM' }>;
type Headers = Readonly<Record<string, string>>;

/** A POST to be signed; over the socket AppSync has one stand for the connection, and one for each subscription. */
export type Signable = { readonly url: string; readonly body: string; readonly headers: Headers };

/** The headers with the signature that AppSync wants of an IAM caller; `host` is not in them. */
export async function sign({ url, body, headers }: Signable, credentials: Credentials): Promise<Headers> {
  const { protocol, hostname, host, pathname } = new URL(url);
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const signer = new SignatureV4({
    service: 'appsync',
    region: regionOf(url),
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== '' && { sessionToken }) },
    sha256: Sha256,
  });
  const request = { method: 'POST', protocol, hostname, path: pathname, headers: { ...headers, host }, body };
  const { host: _host, ...signed } = (await signer.sign(request)).headers;
  return signed;
}
