import type { IncomingMessage } from 'node:http';

export class BodyTooLarge extends Error {
  readonly type = 'BodyTooLarge';
}

/** Reads a request's body; throws BodyTooLarge past `limit` bytes. */
export function readBody(message: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(message.headers['content-length'] ?? 0) > limit) return Promise.reject(tooLarge(limit));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    message.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) reject(tooLarge(limit));
      else chunks.push(chunk);
    });
    message.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    message.on('error', reject);
    message.on('aborted', () => reject(new Error('The client went away before its request was complete.')));
  });
}

function tooLarge(limit: number): BodyTooLarge {
  return new BodyTooLarge(`The request body is larger than ${limit} bytes.`);
}
