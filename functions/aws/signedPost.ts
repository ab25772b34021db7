import {
  Agent as HttpAgent,
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { SignatureV4 } from '@smithy/signature-v4';
import { environment } from './environment.ts';
import { defaultProvider } from './environmentCredentials.ts';
import { NodeSha256 } from './nodeSha256.ts';

export type HttpAnswer = { readonly status: number; readonly body: string };
export type SignedPost = {
  readonly service: 'appsync' | 'events';
  readonly url: string;
  /** `host` and `content-length` come by themselves. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
};

const signerOf = (service: SignedPost['service']): SignatureV4 =>
  new SignatureV4({
    service,
    region: environment('AWS_REGION'),
    credentials: defaultProvider(),
    sha256: NodeSha256,
  });
const SIGNERS = { appsync: signerOf('appsync'), events: signerOf('events') };
// Not `fetch`: its first call alone costs a cold Lambda 40 ms.
const PROTOCOLS = {
  'http:': { request: httpRequest, agent: new HttpAgent({ keepAlive: true }) },
  'https:': { request: httpsRequest, agent: new HttpsAgent({ keepAlive: true }) },
} as const;

/** POSTs a text to a service of AWS, signed with the function's own credentials. Any status is an answer. */
export async function signedPost(post: SignedPost): Promise<HttpAnswer> {
  const { service, url, headers: given, body, timeoutMs } = post;
  const { protocol, host, hostname, port, pathname } = new URL(url);
  const { request, agent } = PROTOCOLS[protocol === 'http:' ? 'http:' : 'https:'];
  const { headers } = await SIGNERS[service].sign({
    method: 'POST',
    protocol,
    hostname,
    path: pathname,
    headers: { host, ...given },
    body,
  });
  const length = { 'content-length': Buffer.byteLength(body) };
  const target = { method: 'POST', agent, hostname, port, path: pathname };
  const sent = request({ ...target, headers: { ...headers, ...length } });
  // Not `AbortSignal.timeout`: it makes an error with its stack for every request, also for one that is answered.
  const timer = setTimeout(() => sent.destroy(new PostTimedOut(timeoutMs)), timeoutMs);
  try {
    return await readAnswer(sent.end(body));
  } finally {
    clearTimeout(timer);
  }
}

async function readAnswer(sent: ClientRequest): Promise<HttpAnswer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.on('response', resolve);
    sent.on('error', reject);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') };
}

class PostTimedOut extends Error {
  override readonly name = 'TimeoutError';
  constructor(timeoutMs: number) {
    super(`The service did not answer within ${timeoutMs} ms.`);
  }
}
