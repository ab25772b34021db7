import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../local/test/support/temporaryFolder.ts';

const ROOT = join(import.meta.dirname, '../..');
const CONSUMER = `import { createClient, OrderAlreadyDecided, type Order } from './client/createClient.js';
const client = createClient({ url: 'http://localhost:4000/graphql', apiKey: 'da2-example' });
export const versions = async (order: Order): Promise<number[]> => {
  const seen: number[] = [];
  for await (const { version } of client.watchOrder(order.orderId)) seen.push(version);
  return seen;
};
export const who = (error: unknown): string | null =>
  error instanceof OrderAlreadyDecided ? error.decision.decidedBy : null;
`;

it('builds one module, and types that a strict project can use', async () => {
  const folder = temporaryFolder();
  const output = join(folder, 'client');
  execFileSync(process.execPath, [join(ROOT, 'client/build.ts'), '--output', output]);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'consumer.ts'), CONSUMER);
  const flags = [
    '--noEmit',
    '--strict',
    '--exactOptionalPropertyTypes',
    '--module',
    'nodenext',
    '--types',
    '',
  ];

  const types = () =>
    execFileSync(join(ROOT, 'node_modules/.bin/tsc'), [...flags, 'consumer.ts'], {
      cwd: folder,
      encoding: 'utf8',
    });

  expect(types).not.toThrow();
  expect(Object.keys(await import(join(output, 'createClient.js'))).toSorted()).toEqual([
    'ClientError',
    'InternalError',
    'OrderAlreadyDecided',
    'OrderAlreadyExists',
    'OrderNotFound',
    'Throttled',
    'Unauthorized',
    'Unreachable',
    'ValidationError',
    'createClient',
    'isFinal',
  ]);
  expect(readFileSync(join(output, 'createClient.js'), 'utf8')).not.toMatch(/^import /m);
});
