/** A body in `aws-chunked` encoding: what SDKs send when they add a checksum while they stream. */
export type ChunkedBody = {
  readonly chunks: readonly { readonly data: Buffer; readonly signature: string }[];
  /** Lower-case names. */
  readonly trailers: ReadonlyMap<string, string>;
};

const SIZE_LINE = /^([0-9a-f]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/i;
/** A line of the framing: a size with a signature, or a trailer. */
const MAX_LINE_BYTES = 8192;

/** Takes the framing apart; null when it is not whole. */
export function parseAwsChunked(body: Buffer): ChunkedBody | null {
  const chunks: { readonly data: Buffer; readonly signature: string }[] = [];
  let position = 0;
  for (;;) {
    const line = readLine(body, position);
    const [, size, signature = ''] = SIZE_LINE.exec(line ?? '') ?? [];
    if (line === null || size === undefined) return null;
    const start = position + line.length + 2;
    const end = start + Number.parseInt(size, 16);
    chunks.push({ data: body.subarray(start, end), signature });
    if (end === start) return withTrailers(chunks, body, start);
    if (end + 2 > body.length || body[end] !== 13 || body[end + 1] !== 10) return null;
    position = end + 2;
  }
}

function withTrailers(chunks: ChunkedBody['chunks'], body: Buffer, start: number): ChunkedBody | null {
  const trailers = new Map<string, string>();
  let position = start;
  for (;;) {
    const line = readLine(body, position) ?? body.subarray(position).toString('latin1');
    if (line === '') return { chunks, trailers };
    const mark = line.indexOf(':');
    if (mark < 1 || line.length > MAX_LINE_BYTES) return null;
    trailers.set(line.slice(0, mark).trim().toLowerCase(), line.slice(mark + 1).trim());
    position += line.length + 2;
  }
}

function readLine(body: Buffer, start: number): string | null {
  const end = body.indexOf('\r\n', start);
  return end < 0 || end - start > MAX_LINE_BYTES ? null : body.subarray(start, end).toString('latin1');
}
