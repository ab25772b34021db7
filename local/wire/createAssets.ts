import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { HttpRequest, HttpResponse } from './httpMessage.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
  '.graphql': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

export type AssetRequest = Pick<HttpRequest, 'path' | 'headers'>;

export type Assets = {
  /** Serves a folder from now on, by exact paths; `headers.json` in it gives headers by path prefix. */
  readonly mount: (folder: string) => void;
  /** Null for a path that is none of the files. */
  readonly answer: (request: AssetRequest) => HttpResponse | null;
};

/** Static files by exact path, and `/config.json`, which tells a page where the API is. */
export function createAssets(config: (request: AssetRequest) => unknown): Assets {
  let files = new Map<string, string>();
  let headers: Headers = [];
  return {
    mount: (folder) => {
      files = listFiles(folder);
      headers = readHeaders(join(folder, 'headers.json'));
    },
    answer: (request) => {
      const { path } = request;
      if (path === '/config.json')
        return serve(JSON.stringify(config(request)), '.json', headersFor(path, headers));
      const file =
        files.get(path) ?? files.get(path.endsWith('/') ? `${path}index.html` : `${path}/index.html`);
      return file === undefined ? null : serve(readFileSync(file), extname(file), headersFor(path, headers));
    },
  };
}

type Headers = readonly (readonly [prefix: string, values: Readonly<Record<string, string>>])[];

function listFiles(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'headers.json')
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file]));
}

function readHeaders(file: string): Headers {
  if (!existsSync(file)) return [];
  const parsed: Readonly<Record<string, Record<string, string>>> = JSON.parse(readFileSync(file, 'utf8'));
  return Object.entries(parsed).toSorted(([left], [right]) => right.length - left.length);
}

function headersFor(path: string, headers: Headers): Readonly<Record<string, string>> {
  return headers.find(([prefix]) => path.startsWith(prefix))?.[1] ?? {};
}

function serve(
  body: string | Uint8Array,
  extension: string,
  headers: Readonly<Record<string, string>>,
): HttpResponse {
  return {
    status: 200,
    headers: {
      'content-type': CONTENT_TYPES[extension] ?? 'application/octet-stream',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      ...headers,
    },
    body,
  };
}
