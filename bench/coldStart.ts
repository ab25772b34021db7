import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleFolder, bundleFunctions } from '../infra/bundle/bundleFunctions.ts';
import { HANDLERS, type Handler } from '../infra/handlers.ts';
import { quantile } from './quantile.ts';
import type { Result } from './result.ts';

const ROOT = join(import.meta.dirname, '..');
const STARTS = 21;
// The two that an order waits for and that use the most of the SDK, each with an event that it accepts.
const MEASURED = {
  'api/confirmOrder': { orderId: 'order-1', isConfirmed: true },
  'steps/storeTaskToken': { orderId: 'order-1', taskToken: 'none', redriveCount: 0, retryCount: 0 },
} as const satisfies Partial<Record<Handler, object>>;

// A process as Lambda starts one: it says when it begins, loads the bundle, and handles one event.
const CHILD = `
process.stdout.write(String(process.hrtime.bigint()));
const { handler } = await import(process.argv[1]);
await handler(JSON.parse(process.argv[2]));
`;

/** The size of the deployed bundles, and their cold start beside that of a naive build of the same sources. */
export async function measureColdStart(): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-cold-start-'));
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await Promise.all([bundleFunctions(ROOT, join(folder, 'ours')), bundleNaively(join(folder, 'naive'))]);
    const kilobytes = HANDLERS.map((handler) => bytesOf(bundleFolder(join(folder, 'ours'), handler)) / 1024);
    return [
      { what: 'largest Lambda bundle', value: Math.max(...kilobytes), unit: 'KB', goal: { atMost: 400 } },
      {
        what: 'import and first call, of those of a naive build',
        value: await measureRatio(server, folder),
        unit: '',
        goal: { atMost: 0.75 },
      },
    ];
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The worst of the handlers' ratios of medians; the starts take turns, so that the machine's moods meet both. */
async function measureRatio(server: Server, folder: string): Promise<number> {
  const ratios: number[] = [];
  for (const [handler, event] of Object.entries(MEASURED)) {
    const [ours, naive]: [number[], number[]] = [[], []];
    for (let turn = 0; turn < STARTS; turn += 1) {
      ours.push(await measureStart(server, join(folder, 'ours', handler, 'index.mjs'), event));
      naive.push(await measureStart(server, join(folder, 'naive', `${handler}.cjs`), event));
    }
    ratios.push(quantile(ours, 0.5) / quantile(naive, 0.5));
  }
  return Math.max(...ratios);
}

/** Milliseconds from the first line of the process to its first signed request. */
async function measureStart(server: Server, bundle: string, event: object): Promise<number> {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen.');
  const url = `http://127.0.0.1:${address.port}`;
  const child = spawn(
    process.execPath,
    ['--input-type=module', '--eval', CHILD, bundle, JSON.stringify(event)],
    {
      env: {
        AWS_ENDPOINT_URL: url,
        GRAPHQL_URL: `${url}/graphql`,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'example',
        BUCKET_NAME: 'orders',
        STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:111111111111:stateMachine:orders',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let began = '';
  child.stdout.on('data', (chunk: Buffer) => {
    began += chunk.toString('utf8');
  });
  const exited = once(child, 'exit');
  const called = await Promise.race([once(server, 'request').then(() => process.hrtime.bigint()), exited]);
  child.kill('SIGKILL');
  await exited;
  if (typeof called !== 'bigint') throw new Error(`${bundle} ended without a request.`);
  return Number(called - BigInt(began)) / 1e6;
}

/** What a team would write first: one CommonJS file a handler, not minified, with all that the SDK brings. */
async function bundleNaively(outdir: string): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: HANDLERS.map((handler) => ({ in: `functions/${handler}.ts`, out: handler })),
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'silent',
  });
}

function bytesOf(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

if (import.meta.main) console.log(await measureColdStart());
