import type { IncomingHttpHeaders } from 'node:http';

export type HttpRequest = {
  readonly method: string;
  /** The path as it was sent, without the query: still percent-encoded. */
  readonly path: string;
  /** What follows the question mark, still encoded; empty when there is none. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they were sent; absent where repeated ones do not matter. */
  readonly rawHeaders?: readonly string[];
  readonly body: Buffer;
  readonly remoteAddress: string;
  /** The access key id whose signature was verified before the service sees the request; null when unsigned. */
  readonly accessKeyId: string | null;
  /** Whether the caller has closed the connection; absent where there is none. */
  readonly isGone?: () => boolean;
};

/** What a service answers. The server sends it after everything written so far is on disk. */
export type HttpResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
};

export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse> | HttpResponse;
