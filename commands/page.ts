import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { quote } from '../functions/order/quote.ts';
import { fetchApiKey } from './apiKeys.ts';
import { BadCommand, readOutputs } from './outputs.ts';
import { parseWords } from './parseWords.ts';
import { pageConfig } from './pageConfig.ts';
import { runCommand } from './runCommand.ts';
import { serveFolder } from './serveFolder.ts';

// `npm run page -- outputs.json [--port N]`: the built page against a deployed API, on this machine.

const ROOT = join(import.meta.dirname, '..');
const DEFAULT_PORT = 4001;
const MAX_PORT = 65_535;
const MAX_DISCOVERY_MILLISECONDS = 5000;

const GRAMMAR = {
  command: 'npm run page',
  options: { port: { takes: 'a value' } },
  others: { most: 1, are: 'one file' },
} as const;

async function page(words: readonly string[]): Promise<void> {
  const { given, others } = parseWords(words, GRAMMAR);
  const port = parsePort(given.port?.[0]);
  const outputs = readOutputs(resolve(others[0] ?? join(ROOT, 'outputs.json')));
  const config = pageConfig(outputs, outputs['ApiKey'] ?? (await fetchApiKey(outputs)));
  const issuers = (await addressesOfIssuer(outputs['SignInIssuer'])).flatMap((url) => ['--issuer', url]);
  const folder = mkdtempSync(join(tmpdir(), 'countersign-page-'));
  const built = spawnSync(
    process.execPath,
    [join(ROOT, 'web/build.ts'), '--output', folder, '--api', outputs['GraphQLUrl'] ?? '', ...issuers],
    { stdio: 'inherit' },
  );
  if (built.status !== 0) throw new BadCommand('The page could not be built.');
  const server = createServer(serveFolder(folder, config)).listen(port, '127.0.0.1', () => {
    const address = server.address();
    const served = typeof address === 'object' && address !== null ? address.port : port;
    console.log(`The page for ${outputs['GraphQLUrl']} is on http://localhost:${served}/. Stop with Ctrl+C.`);
  });
  server.on('error', (error) => {
    console.error(`Port ${port} cannot be used (${error.message}). Choose another one with --port.`);
    process.exitCode = 1;
  });
}

function parsePort(given = String(DEFAULT_PORT)): number {
  const port = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN;
  if (port <= MAX_PORT) return port;
  throw new BadCommand(`--port must be a whole number from 0 to ${MAX_PORT}; got ${quote(given)}.`);
}

/** Where the page goes to sign a person in: many issuers give tokens at another address than their own. */
async function addressesOfIssuer(issuer: string | undefined): Promise<readonly string[]> {
  if (issuer === undefined) return [];
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(MAX_DISCOVERY_MILLISECONDS) });
    const { token_endpoint: tokens }: { token_endpoint?: unknown } = await response.json();
    return typeof tokens === 'string' ? [issuer, tokens] : [issuer];
  } catch {
    console.warn(`${address} does not answer; people may be unable to sign in on this page.`);
    return [issuer];
  }
}

await runCommand({
  usage:
    'npm run page [-- outputs.json] [--port N]: serves the built page against a deployed API, on this machine.',
  run: page,
});
