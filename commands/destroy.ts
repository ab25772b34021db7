import { DeleteObjectsCommand, HeadBucketCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { join, resolve } from 'node:path';
import { deleteApiKeys } from './apiKeys.ts';
import { cdk } from './cdk.ts';
import { confirm } from './confirm.ts';
import { dayAhead } from './dayAhead.ts';
import { drain, runningOrders, type Draining } from './drain.ts';
import { findStack } from './findStack.ts';
import { isGone } from './isGone.ts';
import { BadCommand, isLocal, readDeployment, regionOf, type Deployment } from './outputs.ts';
import { FLAG, parseCdkWords, VALUE } from './parseCdkWords.ts';
import { runCommand } from './runCommand.ts';

// `npm run destroy [-- --stop-orders] [--force] [--outputs FILE] [-c NAME=VALUE …]`: removes the stack of outputs.json and
// keeps the records.

const ROOT = join(import.meta.dirname, '..');
const ASSEMBLY = join(ROOT, 'cdk.out');
const GRAMMAR = {
  command: 'npm run destroy',
  ofCdk: {},
  own: { 'stop-orders': FLAG, force: { takes: 'nothing', short: 'f' }, outputs: VALUE },
  // The keys go with the stack, so that an end that has passed keeps nothing; the stack of the page stays.
  settings: [`apiKeyExpires=${dayAhead(100, Date.now())}`, 'secondApiKeyExpires=off', 'page=off'],
} as const;

async function destroy(words: readonly string[]): Promise<void> {
  const { context, forCdk, given } = parseCdkWords(words, GRAMMAR);
  const deployment = deploymentIn(resolve(given['outputs']?.[0] ?? join(ROOT, 'outputs.json')));
  const { stack, outputs } = deployment;
  const stage = stageOf(deployment, context);
  const region = regionOf(outputs);
  const mayStop = given['stop-orders'] !== undefined;
  const draining = {
    outputs,
    stepFunctions: new SFNClient({ region }),
    s3: new S3Client({ region }),
    onProgress: (sentence: string) => console.log(sentence),
  };
  await refuseProtected(deployment);
  const running = await runningOrders(draining);
  if (running.length > 0 && !mayStop)
    throw new BadCommand(
      `${running.length} orders have not ended. Removing the stack ends them as FAILED: run npm run destroy -- --stop-orders if that is meant.`,
    );
  if (given['force'] === undefined && !(await confirms(deployment, running.length)))
    throw new BadCommand('Nothing was removed.');
  process.env['AWS_REGION'] = region; // for cdk, which would take the profile's
  await cdk('synth', '--quiet', ...context, '-c', `stage=${stage}`); // what cannot be synthesized, cdk cannot remove
  await endOrders(draining, mayStop);
  await emptyWaiting(draining);
  await cdk('destroy', stack, '--app', ASSEMBLY, '--force', ...forCdk);
  if ((await findStack(deployment)) !== null) throw new BadCommand(`cdk has not removed the stack ${stack}.`);
  console.log(await kept(draining));
}

function deploymentIn(file: string): Deployment {
  const deployment = readDeployment(file);
  if (isLocal(deployment.outputs) && process.env['AWS_ENDPOINT_URL'] === undefined)
    throw new BadCommand(
      `${file} is of a local cloud: stop it and delete its data folder. npm run destroy removes a stack on AWS.`,
    );
  return deployment;
}

/** The stage that the outputs are of: cdk must not remove another stack than the one whose orders have ended. */
function stageOf({ stack }: Deployment, context: readonly string[]): string {
  const stage = stack.split('-')[1] ?? 'off';
  const other = context.find((pair) => pair.startsWith('stage=') && pair !== `stage=${stage}`);
  if (other !== undefined)
    throw new BadCommand(
      `The outputs are of the stack ${stack}, not of ${other}: name the outputs of that stage with --outputs FILE.`,
    );
  return stage;
}

async function refuseProtected(deployment: Deployment): Promise<void> {
  const { stack, outputs } = deployment;
  const found = await findStack(deployment);
  if (found === null)
    throw new BadCommand(
      `There is no stack ${stack} in ${regionOf(outputs)}: it was removed before, or AWS_PROFILE is of another account.`,
    );
  if (found.isProtected)
    throw new BadCommand(
      `The stack ${stack} is protected, and nothing was removed: deploy it with terminationProtection=off first.`,
    );
}

async function confirms({ stack, outputs }: Deployment, orders: number): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new BadCommand(
      'npm run destroy asks before it removes a stack, and there is no terminal: add --force.',
    );
  const ends = orders === 0 ? '' : `, and end the orders that wait as FAILED (${orders})`;
  return confirm(`Remove the stack ${stack} in ${regionOf(outputs)}${ends}? (y/N) `, process);
}

async function endOrders(draining: Draining, mayStop: boolean): Promise<void> {
  const keys = await deleteApiKeys(draining.outputs);
  draining.onProgress(`${keys} API keys are deleted.`);
  // Orders come until the keys have ended, and from people who are signed in also while the others are ended.
  for (let left = await runningOrders(draining); left.length > 0; left = await runningOrders(draining)) {
    if (!mayStop)
      throw new BadCommand(
        `${left.length} orders came in meanwhile. Run npm run destroy -- --stop-orders to end them.`,
      );
    await drain(draining, left);
  }
}

/** CloudFormation removes a bucket only when it is empty. What it held are tokens of orders that have ended. */
async function emptyWaiting({ s3, outputs }: Pick<Draining, 's3' | 'outputs'>): Promise<void> {
  const { WaitingBucketName: Bucket } = outputs;
  if (Bucket === undefined) return;
  try {
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket }))
      if (Contents.length > 0)
        await s3.send(
          new DeleteObjectsCommand({ Bucket, Delete: { Objects: Contents.map(({ Key }) => ({ Key })) } }),
        );
  } catch (error) {
    if (!isGone(error, 'NoSuchBucket')) throw error; // a run before this one came as far
  }
}

/** With `removalPolicy=destroy` the records are gone, too. */
async function kept({ s3, outputs: { BucketName } }: Pick<Draining, 's3' | 'outputs'>): Promise<string> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: BucketName }));
  } catch (error) {
    if (isGone(error, 'NotFound')) return 'The stack is removed, and its records with it.';
    throw error;
  }
  return `
The stack is removed. The bucket ${BucketName} stays: it holds every order and every decision that was made. So does the role
that npm run forget takes on. docs/deploy.md says how to remove both when you are sure; keep outputs.json until then.`;
}

await runCommand({
  usage:
    'npm run destroy [-- --stop-orders] [--force] [--outputs FILE] [-c NAME=VALUE …] [--profile NAME]: removes the stack of outputs.json and keeps the records.',
  run: destroy,
});
