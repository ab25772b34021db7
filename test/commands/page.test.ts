import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const PAGE = join(import.meta.dirname, '../../commands/page.ts');
const OUTPUTS = {
  GraphQLUrl: 'https://api.example.com/graphql',
  RealtimeUrl: 'wss://api.example.com/graphql/realtime',
  ApiKey: 'da2-example',
  StateMachineArn: 'arn:aws:states:eu-central-1:111111111111:stateMachine:Orders',
  BucketName: 'records',
};

/** Starts `npm run page` and answers its address. */
async function startPage(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-page-test-'));
  const file = join(folder, 'outputs.json');
  writeFileSync(file, JSON.stringify({ Countersign: OUTPUTS }));
  const child = spawn(process.execPath, [PAGE, file, '--port', '0']);
  onTestFinished(() => {
    child.kill();
    rmSync(folder, { recursive: true });
  });
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const address = /http:\/\/localhost:\d+/.exec(chunk.toString())?.[0];
      if (address !== undefined) resolve(address);
    });
    child.on('exit', (code) => reject(new Error(`It ended with ${code}.`)));
  });
}

test('npm run page serves the built page against a deployed API, with the policy that lets it connect there', async () => {
  const address = await startPage();

  const [page, config, secret, outside, broken] = await Promise.all(
    ['/', '/config.json', '/headers.json', '/%2e%2e/outputs.json', '/%'].map((path) => fetch(address + path)),
  );

  expect(await page?.text()).toContain('<div id="root">');
  expect(page?.headers.get('content-security-policy')).toContain('https://api.example.com');
  expect(await config?.json()).toMatchObject({ graphqlUrl: OUTPUTS.GraphQLUrl, apiKey: 'da2-example' });
  expect([secret?.status, outside?.status, broken?.status]).toEqual([404, 404, 404]);
});

test.each([
  [['--apii', 'x'], "Unknown option '--apii'; the options are --output, --api and --issuer.\n"],
  [['--api'], "Option '--api <value>' argument missing; the options are --output, --api and --issuer.\n"],
  [
    ['--api', 'api.example.com'],
    '--api and --issuer must be addresses such as https://api.example.com/graphql; got api.example.com\n',
  ],
])('npm run build:web -- %j is refused in one sentence', (words, sentence) => {
  const build = join(import.meta.dirname, '../../web/build.ts');

  const { status, stderr } = spawnSync(process.execPath, [build, ...words], { encoding: 'utf8' });

  expect({ status, stderr }).toEqual({ status: 1, stderr: sentence });
});
