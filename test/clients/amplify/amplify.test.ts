import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { processOrder } from '../../support/graphql.ts';
import { startLocalCloud, type LocalCloud } from '../../support/localCloud.ts';
import { followOrder, type Program } from './followOrder.ts';

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startLocalCloud();
  return cloud.remove;
});

/** How a user's program gets to its socket: by trusting the data folder's certificate, or around TLS. */
const WAYS: readonly (readonly [string, () => Record<string, string>])[] = [
  ['over TLS', () => ({ NODE_EXTRA_CA_CERTS: join(cloud.data, 'certificate.pem') })],
  ['with the shim', () => ({ SHIM: 'yes' })],
];

/** The statuses up to this one, each once: events may come twice. */
async function heardUntil(last: string, { next }: Program): Promise<readonly string[]> {
  const statuses = new Set<string>();
  while (!statuses.has(last)) statuses.add((await next('event')).data.onOrderStatus.status);
  return [...statuses];
}

describe.each(WAYS)('Amplify, unmodified, %s', (way, environment) => {
  test('follows an order over a restart of the server, decides it, and unsubscribes', async () => {
    const orderId = `amplify-${way.replaceAll(' ', '-')}`;
    const program = followOrder(cloud.outputs(), orderId, environment());
    await program.until('Connected');

    await processOrder(cloud.outputs(), { orderId });
    const before = await heardUntil('PAUSED', program);
    await cloud.end('SIGKILL');
    await cloud.start();
    await program.until('Connected');
    program.say('confirm');
    const after = await heardUntil('COMPLETED', program);
    program.say('unsubscribe');
    await program.until('Disconnected');

    expect(before).toEqual(['PROCESSING', 'PAUSED']);
    expect(after.slice(-2)).toEqual(['CONFIRMED', 'COMPLETED']);
  });

  test('learns that its key is wrong, over HTTP and over the socket', async () => {
    const wrong = { ...cloud.outputs(), ApiKey: `da2-${'x'.repeat(26)}` };
    const program = followOrder(wrong, 'nobody', environment());

    const failure = await program.next('failure');
    program.say('confirm');
    const refused = await program.next('refused');

    expect(failure).toMatchObject({
      errors: [{ message: 'Connection failed: UnauthorizedException' }],
    });
    expect(refused).toMatchObject({ errors: [{ message: 'Unauthorized' }] });
  });
});

test('Amplify does not reach its socket without the certificate', async () => {
  const program = followOrder(cloud.outputs(), 'nobody', {});

  await program.until('ConnectionDisrupted');

  expect(cloud.printed()).not.toContain('Internal error');
});

test('the shim in the documents is the one that runs here', () => {
  const shim = readFileSync(join(import.meta.dirname, 'shim.ts'), 'utf8');

  expect(readFileSync('docs/client.md', 'utf8')).toContain(shim);
});
