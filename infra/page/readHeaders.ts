import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Header names and values of the files below a path: `/` and `/playground`. */
export type Headers = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The headers that the page's own build asks a host to send. Builds the page to learn them. */
export function readHeaders(root: string, issuers: readonly string[]): Headers {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-page-'));
  try {
    const output = join(folder, 'web');
    const words = ['--output', output, ...issuers.flatMap((issuer) => ['--issuer', issuer])];
    const build = spawnSync(process.execPath, [join(root, 'web/build.ts'), ...words], { encoding: 'utf8' });
    if (build.status !== 0) throw new Error(`The page could not be built: ${build.stderr.trim()}`);
    return parseHeaders(JSON.parse(readFileSync(join(output, 'headers.json'), 'utf8')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function parseHeaders(value: unknown): Headers {
  const paths = Object.entries(Object(value)).map(([path, headers]) => [
    path,
    Object.fromEntries(Object.entries(Object(headers)).map(([name, text]) => [name, String(text)])),
  ]);
  return Object.fromEntries(paths);
}
