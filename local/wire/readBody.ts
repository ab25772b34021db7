import type { IncomingMessage } from 'node:http';

export class BodyTooLarge extends Error {
  readonly type = 'BodyTooLarge';
}

/** So much more is read and forgotten: a caller that is still sending would not hear why it is refused. */
const FORGOTTEN_BYTES = 64 * 1_048_576;

/** Reads a request's body; throws BodyTooLarge past `limit` bytes. */
export function readBody(message: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(message.headers['content-length'] ?? 0) > limit + FORGOTTEN_BYTES)
    return Promise.reject(bodyTooLarge(limit));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    message.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else chunks.length = 0;
      if (length > limit + FORGOTTEN_BYTES) reject(bodyTooLarge(limit));
    });
    message.on('end', () => {
      if (length > limit) reject(bodyTooLarge(limit));
      else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    message.on('error', reject);
    message.on('aborted', () => reject(new Error('The client went away before its request was complete.')));
  });
}

export function bodyTooLarge(limit: number): BodyTooLarge {
  return new BodyTooLarge(`The request body is larger than ${limit} bytes.`);
}
