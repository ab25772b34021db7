import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join, delimiter } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../local/test/support/temporaryFolder.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { INSTALL_TIMEOUT_MILLISECONDS, installClient, type Installed } from './support/installClient.ts';

const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);

const CALLS = `import { createClient, isClientError } from '@countersign/client';
const client = createClient({ url: process.env.GRAPHQL_URL, apiKey: process.env.API_KEY });
const { orderId } = await client.processOrder({ orderDetails: 'Chairs', requestedBy: 'Grace' }, { retries: 3 });
const { decision } = await client.confirmOrder({ orderId, isConfirmed: true, decidedBy: 'Ada' });
const { orderDetails, requestedBy } = await client.order(orderId);
const refused = await client.order('not an id').catch((error) => isClientError(error) && error.type);
const { items } = await client.pendingOrders();
console.log(JSON.stringify([decision.kind, decision.isVerified, orderDetails, requestedBy, refused, Array.isArray(items)]));
`;

const PROGRAM = process.platform === 'win32' ? 'node.exe' : 'node';

/** The program of Node in one of these major versions: the machine's, or else that of the npm package `node`. */
function findNode(majors: readonly number[], folder: string): string {
  const own = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((path) => join(path, PROGRAM))
    .find((file) => existsSync(file) && majors.includes(majorOf(file)));
  return own ?? installNode(majors[0] ?? 20, folder);
}

function majorOf(file: string): number {
  const version = execFileSync(file, ['--version'], { encoding: 'utf8' });
  return Number(/^v(\d+)\./.exec(version)?.[1]);
}

function installNode(major: number, folder: string): string {
  const words = ['install', '--no-audit', '--no-fund', '--no-save', '--prefix', folder, `node@${major}`];
  execFileSync('npm', words, { cwd: folder, shell: process.platform === 'win32' });
  return join(folder, 'node_modules/node/bin', PROGRAM);
}

/** The first block of JavaScript in a README, as a reader copies it. */
function exampleIn(file: string): string {
  const [, example] = /\n```js\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, file), 'utf8')) ?? [];
  if (example === undefined) throw new Error(`${file} has no example in JavaScript.`);
  return example;
}

describe('programs with the installed client', () => {
  let cloud: LocalCloud;
  let installed: Installed;
  beforeAll(async () => {
    installed = installClient();
    cloud = await startLocalCloud();
  }, INSTALL_TIMEOUT_MILLISECONDS);
  afterAll(async () => {
    installed?.remove();
    await cloud?.remove();
  });

  const runProgram = async (node: string, text: string) => {
    const { GraphQLUrl, ApiKey } = cloud.outputs();
    const file = join(installed.folder, 'program.mjs');
    writeFileSync(file, text);
    const env = { ...process.env, GRAPHQL_URL: GraphQLUrl, API_KEY: ApiKey };
    const { stdout } = await run(node, [file], { cwd: installed.folder, env });
    return stdout;
  };

  test.each([
    ['Node 20', [20, 21]],
    ['Node 24', [24]],
  ])('call the API with %s', async (_name, majors) => {
    const node = findNode(majors, temporaryFolder());

    const printed = await runProgram(node, CALLS);

    expect(JSON.parse(printed)).toEqual(['CONFIRMED', false, 'Chairs', 'Grace', 'ValidationError', true]);
  });

  test('get an error from a watch in Node 20, which has no WebSocket', async () => {
    const node = findNode([20, 21], temporaryFolder());
    const text = `import { createClient } from '@countersign/client';
      const client = createClient({ url: process.env.GRAPHQL_URL, apiKey: process.env.API_KEY });
      try { client.watchOrder('a'); } catch (error) { console.log(String(error)); }`;

    expect(await runProgram(node, text)).toBe('TypeError: No WebSocket found: pass one to createClient.\n');
  });

  test.each(['README.md', 'client/README.md'])('run the example of %s unchanged', async (file) => {
    mkdirSync(join(installed.folder, '.countersign'), { recursive: true });
    writeFileSync(
      join(installed.folder, '.countersign/outputs.json'),
      readFileSync(join(cloud.data, 'outputs.json')),
    );

    const printed = await runProgram(process.execPath, exampleIn(file));

    expect(printed).toBe('1 RECEIVED\n2 PROCESSING\n3 PAUSED\n4 CONFIRMED\n5 COMPLETED\n');
  });
});
