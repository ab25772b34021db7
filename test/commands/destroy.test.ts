import { S3Client, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { confirm } from '../../commands/confirm.ts';
import { runningOrders } from '../../commands/drain.ts';
import { readOutputs } from '../../commands/outputs.ts';
import { askOrder, processOrder } from '../support/graphql.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { standInForAws, type StandIn } from '../support/standInForAws.ts';
import type { CommandEnd } from '../support/runCommand.ts';
import { untilOrder } from '../support/follow.ts';

let cloud: LocalCloud;
let aws: StandIn;
beforeAll(async () => {
  [cloud, aws] = await Promise.all([startLocalCloud(), standInForAws()]);
  return async () => {
    aws.close();
    await cloud.remove();
  };
});
beforeEach(() => {
  aws.asked.length = 0;
  aws.stack = { name: 'Countersign', isProtected: false };
  aws.keys.clear();
  aws.keys.set('da2-first', 1_800_000_000).set('da2-longest', 1_900_000_000);
});

async function pausedOrder(): Promise<string> {
  const orderId = randomUUID();
  await processOrder(cloud.outputs(), { orderId });
  await untilOrder(cloud.outputs(), orderId, ({ status }) => status === 'PAUSED');
  return orderId;
}

const statusOf = async (orderId: string) => (await askOrder(cloud.outputs(), orderId)).data?.order?.status;
const running = () =>
  runningOrders({ outputs: cloud.outputs(), stepFunctions: new SFNClient(cloud.client()) });

async function waitingObjects(): Promise<number | undefined> {
  const { WaitingBucketName: Bucket } = readOutputs(join(cloud.data, 'outputs.json'));
  const s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  return (await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount;
}

/** The command has no terminal here. */
const destroy = (...words: readonly string[]) => destroyMeanwhile(() => {}, words);

/** `onOutput` hears what it prints, as it does. */
function destroyMeanwhile(onOutput: (text: string) => void, words: readonly string[]): Promise<CommandEnd> {
  const program = join(import.meta.dirname, '../../commands/destroy.ts');
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: cloud.endpoint(),
    AWS_ENDPOINT_URL_APPSYNC: aws.url,
    AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url,
    AWS_SHARED_CREDENTIALS_FILE: join(cloud.data, 'credentials'),
    CDK_VALIDATION: 'false',
    AWS_REGION: 'eu-west-1', // of the profile; the stack is in another
  };
  const all = [program, '--outputs', join(cloud.data, 'outputs.json'), ...words];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, all, { env }, (_error, stdout, stderr) =>
      resolve({ status: child.exitCode, stdout, stderr }),
    );
    child.stdin?.end();
    child.stdout?.on('data', (chunk: unknown) => onOutput(String(chunk)));
  });
}

/** Nothing was changed: both keys are there, no stack is deleted, and the order waits. */
async function expectUntouched(orderId: string): Promise<void> {
  expect([...aws.keys.keys()]).toEqual(['da2-first', 'da2-longest']);
  expect(aws.stack).not.toBeNull();
  expect(await statusOf(orderId)).toBe('PAUSED');
}

describe('npm run destroy', () => {
  let orderId: string;
  beforeEach(async () => {
    orderId = await pausedOrder();
  });

  test('counts the orders that wait, refuses, and changes nothing', async () => {
    const { status, stderr } = await destroy('--force');

    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^\d+ orders have not ended\. Removing the stack ends them as FAILED: run npm run destroy -- --stop-orders if that is meant\.$/m,
    );
    await expectUntouched(orderId);
  });

  test.each<[string, { readonly stack?: StandIn['stack']; readonly words: readonly string[] }, string]>([
    [
      'of a stack with termination protection',
      { stack: { name: 'Countersign', isProtected: true }, words: ['--force'] },
      'The stack Countersign is protected, and nothing was removed: deploy it with terminationProtection=off first.\n',
    ],
    [
      'of a stack that is not there',
      { stack: { name: 'Countersign-dev', isProtected: false }, words: ['--force'] },
      'There is no stack Countersign in us-east-1: it was removed before, or AWS_PROFILE is of another account.\n',
    ],
    [
      'without a terminal to ask in',
      { words: [] },
      'npm run destroy asks before it removes a stack, and there is no terminal: add --force.\n',
    ],
    [
      'with the outputs of another stage',
      { words: ['--force', '-c', 'stage=dev'] },
      'The outputs are of the stack Countersign, not of stage=dev: name the outputs of that stage with --outputs FILE.\n',
    ],
  ])('%s is refused in one sentence, and changes nothing', async (_case, { stack, words }, sentence) => {
    if (stack !== undefined) aws.stack = stack;

    const { status, stderr } = await destroy('--stop-orders', ...words);

    expect({ status, stderr }).toEqual({ status: 1, stderr: sentence });
    await expectUntouched(orderId);
  });

  test('--stop-orders ends every order as FAILED without a key that could start more, and then removes the stack', async () => {
    const orderIds = [orderId, await pausedOrder(), await pausedOrder()];
    expect(await waitingObjects()).toBeGreaterThan(2);

    const { status, stdout } = await destroy('--stop-orders', '--force');

    expect(await Promise.all(orderIds.map(statusOf))).toEqual(['FAILED', 'FAILED', 'FAILED']);
    expect(await running()).toEqual([]);
    expect([...aws.keys]).toEqual([]);
    expect(aws.stack).toBeNull();
    expect(aws.asked.findLastIndex((asked) => asked.startsWith('DELETE /v1/apis'))).toBeLessThan(
      aws.asked.indexOf('DeleteStack'),
    );
    expect(await waitingObjects()).toBe(0);
    expect(status).toBe(0);
    expect(stdout).not.toContain('apiKeyExpires');
    expect(stdout).toContain(`The stack is removed. The bucket ${cloud.outputs().BucketName} stays`);
  });

  test('--stop-orders ends an order, too, that a person who is signed in placed while the others were being ended', async () => {
    const late = randomUUID();
    let placing: Promise<unknown> | null = null;
    const placeOnce = (text: string) => {
      if (text.includes('executions are stopped'))
        placing ??= processOrder(cloud.outputs(), { orderId: late });
    };
    const { status } = await destroyMeanwhile(placeOnce, ['--stop-orders', '--force']);

    await placing;
    expect(await statusOf(late)).toBe('FAILED');
    expect(await running()).toEqual([]);
    expect(status).toBe(0);
  });
});

test.each([
  ['y\n', true],
  ['Yes\n', true],
  ['n\n', false],
  ['\n', false],
  ['yep\n', false],
  ['', false],
])('the answer %j to whether a stack is removed is %s', async (answer, isYes) => {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  stdin.end(answer);

  expect(await confirm('Remove the stack? (y/N) ', { stdin, stdout })).toBe(isYes);
  expect(String(stdout.read())).toBe('Remove the stack? (y/N) ');
});
