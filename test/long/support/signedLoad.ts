import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import { connect } from 'node:net';
import type { LocalCloud } from '../../support/localCloud.ts';

/** Calls to Step Functions over kept-alive connections, signed as the SDKs do it, in a fifth of their time. */
export type SignedLoad = {
  /** Sends every body that `next` gives, until it gives null; resolves with the number of answers. */
  readonly send: (
    operation: string,
    next: () => object | null,
    hear?: (answer: string) => void,
  ) => Promise<number>;
  readonly ask: (operation: string, body: object) => Promise<string>;
};

const CONNECTIONS = 64;
const SIGNED_HEADERS = 'content-type;host;x-amz-date;x-amz-target';
const CONTENT_TYPE = 'application/x-amz-json-1.0';

export function createSignedLoad(cloud: LocalCloud): SignedLoad {
  const { host, port } = new URL(cloud.endpoint());
  const requestOf = createSigner(cloud.credentials(), host);

  function connection(next: () => string | null, hear: (answer: string) => void): Promise<number> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1').setNoDelay(true);
      let answers = 0;
      let pending = '';
      const go = () => {
        const request = next();
        if (request !== null) socket.write(request);
        else socket.end(() => resolve(answers));
      };
      socket.on('error', reject);
      socket.on('connect', go);
      socket.on('data', (chunk) => {
        pending += chunk.toString('utf8');
        const body = bodyOf(pending);
        if (body === null) return;
        if (!pending.startsWith('HTTP/1.1 200')) {
          reject(new Error(pending));
          socket.destroy();
          return;
        }
        pending = '';
        answers += 1;
        hear(body);
        go();
      });
    });
  }

  const send: SignedLoad['send'] = async (operation, next, hear = () => {}) => {
    const nextRequest = () => {
      const body = next();
      return body === null ? null : requestOf(operation, JSON.stringify(body));
    };
    const counts = await Promise.all(
      Array.from({ length: CONNECTIONS }, () => connection(nextRequest, hear)),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  };
  return {
    send,
    ask: async (operation, body) => {
      const heard: string[] = [];
      const request = requestOf(operation, JSON.stringify(body));
      const requests = [request];
      await connection(
        () => requests.shift() ?? null,
        (text) => heard.push(text),
      );
      return heard.join('');
    },
  };
}

/** The body of an answer that is there as a whole; ASCII alone, so that characters are bytes. */
function bodyOf(text: string): string | null {
  const end = text.indexOf('\r\n\r\n');
  const length = /content-length: (\d+)/i.exec(text.slice(0, end))?.[1];
  if (end < 0 || length === undefined || text.length < end + 4 + Number(length)) return null;
  return text.slice(end + 4);
}

type Credentials = ReturnType<LocalCloud['credentials']>;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function createSigner({ accessKeyId, secretAccessKey }: Credentials, host: string) {
  const keys = new Map<string, KeyObject>();
  const keyOf = (day: string): KeyObject => {
    const bytes = [day, 'us-east-1', 'states', 'aws4_request'].reduce(
      (key, word) => createHmac('sha256', key).update(word).digest(),
      Buffer.from(`AWS4${secretAccessKey}`),
    );
    return createSecretKey(bytes);
  };
  return (operation: string, body: string): string => {
    const time = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
    const day = time.slice(0, 8);
    const key = keys.get(day) ?? keyOf(day);
    keys.set(day, key);
    const headers = [
      ['content-type', CONTENT_TYPE],
      ['host', host],
      ['x-amz-date', time],
      ['x-amz-target', `AWSStepFunctions.${operation}`],
    ];
    const signed = headers.map(([name, value]) => `${name}:${value}\n`).join('');
    const canonical = `POST\n/\n\n${signed}\n${SIGNED_HEADERS}\n${hash('sha256', body)}`;
    const scope = `${day}/us-east-1/states/aws4_request`;
    const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash('sha256', canonical)}`;
    const signature = createHmac('sha256', key).update(text).digest('hex');
    const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${SIGNED_HEADERS}, Signature=${signature}`;
    const sent = [...headers, ['authorization', authorization], ['content-length', Buffer.byteLength(body)]];
    return `POST / HTTP/1.1\r\n${sent.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
  };
}
