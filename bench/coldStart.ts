import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';
import { parseTemplate } from './parseTemplate.ts';
import { quantile } from './quantile.ts';
import type { Result } from './result.ts';
import { TEMPLATE, withAssembly } from './withAssembly.ts';

const STARTS = 21;
// The two that an order waits for and that use the most of the SDK, each with an event that it accepts.
const MEASURED = {
  'api/confirmOrder': { orderId: 'order-1', isConfirmed: true },
  'steps/storeTaskToken': { orderId: 'order-1', taskToken: 'none', redriveCount: 0, retryCount: 0 },
} as const;

// A process as Lambda starts one: it says when it begins, loads the bundle, and handles one event.
const CHILD = `
process.stdout.write(String(process.hrtime.bigint()));
const { handler } = await import(process.argv[1]);
await handler(JSON.parse(process.argv[2]));
`;

/** The size of the deployed bundles, and their cold start beside that of a naive build of the same sources. */
export const measureColdStart = (): Promise<readonly Result[]> =>
  withAssembly(async (assembly) => {
    const { functions } = parseTemplate(readFileSync(join(assembly, TEMPLATE), 'utf8'));
    const kilobytes = functions.map(({ bundle }) => bytesOf(join(assembly, bundle)) / 1024);
    await bundleNaively(join(assembly, 'naive'));
    const ratios: number[] = [];
    for (const [source, event] of Object.entries(MEASURED)) {
      const bundle = functions.find((one) => one.source === source)?.bundle ?? source;
      const [ours, naive] = [join(assembly, bundle, 'index.mjs'), join(assembly, 'naive', `${source}.cjs`)];
      ratios.push(await measureRatio(ours, naive, event));
    }
    return [
      { what: 'largest Lambda bundle', value: Math.max(...kilobytes), unit: 'KB', goal: { atMost: 360 } },
      {
        what: "import and first call, of a naive build's",
        value: Math.max(...ratios),
        unit: '',
        goal: { atMost: 0.65 },
      },
    ];
  });

/** Of the medians. The starts take turns, so that the machine's moods meet both. */
async function measureRatio(bundle: string, other: string, event: object): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const [times, others]: [number[], number[]] = [[], []];
    for (let turn = 0; turn < STARTS; turn += 1) {
      times.push(await measureStart(server, bundle, event));
      others.push(await measureStart(server, other, event));
    }
    return quantile(times, 0.5) / quantile(others, 0.5);
  } finally {
    server.closeAllConnections();
    server.close();
  }
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
        NODE_OPTIONS: '--enable-source-maps',
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
    absWorkingDir: join(import.meta.dirname, '..'),
    entryPoints: Object.keys(MEASURED).map((source) => ({ in: `functions/${source}.ts`, out: source })),
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
