import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { paginateListExecutions, StopExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { setTimeout } from 'node:timers/promises';
import { isFinal, isStatus } from '../functions/order/moves.ts';
import { isGone } from './isGone.ts';
import { BadCommand, type Outputs } from './outputs.ts';

export type Draining = {
  readonly outputs: Outputs;
  readonly stepFunctions: SFNClient;
  readonly s3: S3Client;
  readonly onProgress: (sentence: string) => void;
};

const POLL_MILLISECONDS = 1_000;
const MAX_WAIT_SECONDS = 300;

type Execution = { readonly arn: string; readonly orderId: string };

/** The executions that run, one for each order that has not ended; none, if the state machine is gone. */
export async function runningOrders({
  outputs,
  stepFunctions,
}: Pick<Draining, 'outputs' | 'stepFunctions'>): Promise<readonly Execution[]> {
  const found: Execution[] = [];
  const pages = paginateListExecutions(
    { client: stepFunctions },
    { stateMachineArn: outputs['StateMachineArn'], statusFilter: 'RUNNING' },
  );
  try {
    for await (const { executions = [] } of pages)
      for (const { executionArn = '', name = '' } of executions)
        found.push({ arn: executionArn, orderId: name });
  } catch (error) {
    if (!isGone(error, 'StateMachineDoesNotExist')) throw error;
  }
  return found;
}

/**
 * Stops every execution and waits until its order is closed as FAILED. A state machine with running executions is not
 * deleted before they end, and what closes their orders would be deleted first.
 */
export async function drain(draining: Draining, executions: readonly Execution[]): Promise<void> {
  const { stepFunctions, onProgress } = draining;
  for (const { arn } of executions)
    await stepFunctions.send(
      new StopExecutionCommand({ executionArn: arn, cause: 'The stack is being removed.' }),
    );
  onProgress(`${executions.length} executions are stopped; waiting until their orders are closed.`);
  let open = executions;
  for (let waited = 0; open.length > 0; waited += 1) {
    open = await stillOpen(draining, open);
    if (open.length === 0) return;
    if (waited >= MAX_WAIT_SECONDS)
      throw new BadCommand(
        `${open.length} orders are still open after ${MAX_WAIT_SECONDS} s, such as ${open[0]?.orderId}. Look at the dead letters before you remove the stack.`,
      );
    if (waited % 10 === 9) onProgress(`${open.length} orders are still open.`);
    await setTimeout(POLL_MILLISECONDS);
  }
}

async function stillOpen(
  draining: Draining,
  executions: readonly Execution[],
): Promise<readonly Execution[]> {
  const open: Execution[] = [];
  for (const execution of executions)
    if (!(await isClosed(draining, execution.orderId))) open.push(execution);
  return open;
}

async function isClosed(draining: Draining, orderId: string): Promise<boolean> {
  const record = await readRecord(draining, `orders/${orderId}.json`);
  // An order that was accepted a moment ago has no record yet, and will get one. An execution without a request is not one of an order.
  if (record === null) return (await readRecord(draining, `requests/${orderId}.json`)) === null;
  const { status } = record;
  return typeof status === 'string' && isStatus(status) && isFinal(status);
}

async function readRecord(
  { s3, outputs }: Draining,
  Key: string,
): Promise<Readonly<Record<string, unknown>> | null> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: outputs['BucketName'], Key }));
    return { ...Object(JSON.parse((await Body?.transformToString()) ?? '{}')) };
  } catch (error) {
    if (isGone(error, 'NoSuchKey')) return null;
    throw error;
  }
}
