import { DeleteObjectsCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { join, resolve } from 'node:path';
import { deleteApiKeys } from './apiKeys.ts';
import { cdk } from './cdk.ts';
import { drain, runningOrders, type Draining } from './drain.ts';
import { BadCommand, readOutputs, regionOf, type Outputs } from './outputs.ts';
import { runCommand } from './runCommand.ts';

// `npm run destroy [-- --stop-orders] [--outputs FILE] [options of cdk destroy]`: removes the stack and keeps the records.

const ROOT = join(import.meta.dirname, '..');
const STOP = '--stop-orders';

async function destroy(words: readonly string[]): Promise<void> {
  const { file, others } = outputsIn(words);
  const outputs = readOutputs(file);
  const region = regionOf(outputs);
  const draining = {
    outputs,
    stepFunctions: new SFNClient({ region }),
    s3: new S3Client({ region }),
    onProgress: (sentence: string) => console.log(sentence),
  };
  await endOrders(draining, words.includes(STOP));
  await emptyWaiting(draining);
  cdk('destroy', '--all', ...others.filter((word) => word !== STOP));
  console.log(kept(outputs));
}

async function endOrders(draining: Draining, mayStop: boolean): Promise<void> {
  const running = await runningOrders(draining);
  if (running.length > 0 && !mayStop)
    throw new BadCommand(
      `${running.length} orders have not ended. Removing the stack ends them as FAILED: run npm run destroy -- ${STOP} if that is meant.`,
    );
  const keys = await deleteApiKeys(draining.outputs);
  draining.onProgress(`${keys} API keys are deleted: no new order is accepted.`);
  // Orders that came between the first look and the end of the keys are found by a second one.
  const left = await runningOrders(draining);
  if (left.length > 0 && !mayStop)
    throw new BadCommand(
      `${left.length} orders came in meanwhile. Run npm run destroy -- ${STOP} to end them, or deploy again.`,
    );
  if (left.length > 0) await drain(draining, left);
}

/** CloudFormation removes a bucket only when it is empty. What it held are tokens of orders that have ended. */
export async function emptyWaiting({ s3, outputs }: Pick<Draining, 's3' | 'outputs'>): Promise<void> {
  const { WaitingBucketName: Bucket } = outputs;
  if (Bucket === undefined) return;
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket }))
    if (Contents.length > 0)
      await s3.send(
        new DeleteObjectsCommand({ Bucket, Delete: { Objects: Contents.map(({ Key }) => ({ Key })) } }),
      );
}

function outputsIn(words: readonly string[]): { readonly file: string; readonly others: readonly string[] } {
  const at = words.indexOf('--outputs');
  if (at < 0) return { file: join(ROOT, 'outputs.json'), others: words };
  const file = words[at + 1];
  if (file === undefined || file.startsWith('-')) throw new BadCommand('--outputs needs the name of a file.');
  return {
    file: resolve(file),
    others: words.filter((_word, index) => index !== at && index !== at + 1),
  };
}

function kept({ BucketName }: Outputs): string {
  return `
The stack is removed. The bucket ${BucketName} stays: it holds every order and every decision that was made. So does the role
that npm run forget takes on. docs/deploy.md says how to remove both when you are sure; keep outputs.json until then.`;
}

if (import.meta.main)
  await runCommand({
    usage:
      'npm run destroy [-- --stop-orders] [--outputs FILE] [options of cdk destroy]: removes the stack and keeps the records.',
    run: destroy,
  });
