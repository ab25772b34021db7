import { existsSync, readFileSync, statSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

type Headers = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Serves static files with the headers that the build wrote beside them, and config.json. */
export function serveFolder(folder: string, config: unknown): RequestListener {
  const headers: Headers = JSON.parse(readFileSync(join(folder, 'headers.json'), 'utf8'));
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = pathOf(pathname);
    const own = Object.entries(headers)
      .toSorted(([left], [right]) => right.length - left.length)
      .find(([prefix]) => path.startsWith(prefix));
    const answer = (status: number, type: string, body: string | Buffer) =>
      response
        .writeHead(status, { ...own?.[1], 'content-type': type, 'cache-control': 'no-store' })
        .end(body);
    if (path === '/config.json') return answer(200, 'application/json', JSON.stringify(config));
    const file = fileAt(folder, path);
    if (file === null) return answer(404, 'text/plain; charset=utf-8', 'There is nothing at this address.');
    return answer(200, TYPES[extname(file)] ?? 'application/octet-stream', readFileSync(file));
  };
}

/** A percent sign that begins no character names no file. */
function pathOf(pathname: string): string {
  try {
    return normalize(decodeURI(pathname));
  } catch {
    return '/headers.json'; // which is never served
  }
}

function fileAt(folder: string, path: string): string | null {
  const found = [path, `${path}/index.html`]
    .map((each) => join(folder, each))
    .find((file) => file.startsWith(folder) && existsSync(file) && statSync(file).isFile());
  return found === undefined || found.endsWith('headers.json') ? null : found;
}
