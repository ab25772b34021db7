import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';

const PARITY = join(import.meta.dirname, '../../commands/parity.ts');
vi.setConfig({ testTimeout: 180_000 }); // each starts a cloud and runs the scenario twice
let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startLocalCloud();
  return cloud.remove;
});

async function parity(outputs: string) {
  const child = spawn(process.execPath, [PARITY, outputs]);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { code, stdout, stderr };
}

test('two clouds of the same template answer alike, ids and times aside', async () => {
  const { code, stdout } = await parity(join(cloud.data, 'outputs.json'));

  expect(stdout).toMatch(/^19 steps compared, 0 differ\.$/m);
  expect(stdout).toContain('"errorType":"OrderAlreadyDecided"');
  expect(stdout).toContain('"errorType":"ValidationError"');
  expect(stdout).toContain('"errorType":"OrderNotFound"');
  expect(stdout).toContain('"status":"COMPLETED"');
  expect(stdout).not.toContain(cloud.outputs().ApiKey);
  expect(code).toBe(0);
});

/** The cloud behind a proxy that calls every error retryable. */
async function changedAnswers(): Promise<string> {
  const proxy = createServer(async (request, response) => {
    const { GraphQLUrl, ApiKey } = cloud.outputs();
    const headers = { 'content-type': 'application/json', 'x-api-key': ApiKey };
    const answer = await fetch(GraphQLUrl, { method: 'POST', headers, body: await text(request) });
    response.end((await answer.text()).replaceAll('"retryable":false', '"retryable":true'));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void proxy.close());
  await once(proxy, 'listening');
  const address = proxy.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/graphql`;
}

test('prints and counts the answers that differ', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-parity-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'outputs.json');
  const outputs = { ...cloud.outputs(), GraphQLUrl: await changedAnswers() };
  writeFileSync(file, JSON.stringify({ Countersign: outputs }));

  const { code, stdout } = await parity(file);

  expect(stdout).toMatch(/^DIFFERS confirm <unknown>$/m);
  expect(stdout).toMatch(/^19 steps compared, 3 differ\.$/m);
  expect(code).toBe(1);
});

test('an API key that has ended is one sentence, and not a list of differences', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-parity-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'outputs.json');
  writeFileSync(file, JSON.stringify({ Countersign: { ...cloud.outputs(), ApiKey: 'da2-ended' } }));

  expect(await parity(file)).toEqual({
    code: 1,
    stdout: '',
    stderr: `${cloud.outputs().GraphQLUrl} refuses the API key of the outputs: it has ended or was replaced. Run npm run deploy, which writes the current one.\n`,
  });
});
