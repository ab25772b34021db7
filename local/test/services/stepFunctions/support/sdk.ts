import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
  type DescribeExecutionCommandOutput,
  type HistoryEvent,
} from '@aws-sdk/client-sfn';
import { onTestFinished } from 'vitest';
import { ROLE, serve, startCloud, type Cloud } from './cloud.ts';

/** The real client of the SDK and the cloud that it talks to over HTTP. */
export type SdkCloud = { readonly cloud: Cloud; readonly sfn: SFNClient };

export async function startSdkCloud(): Promise<SdkCloud> {
  const cloud = startCloud();
  return { cloud, sfn: await connect(cloud) };
}

export async function connect(cloud: Cloud): Promise<SFNClient> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const endpoint = await serve(cloud);
  const sfn = new SFNClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => sfn.destroy());
  return sfn;
}

let machines = 0;

export async function createMachine({ sfn }: SdkCloud, definition: string): Promise<string> {
  const name = `sdk-machine-${machines++}`;
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({ name, definition, roleArn: ROLE }),
  );
  return stateMachineArn ?? '';
}

/** Creates a machine, starts it, and lets happen what needs no time; answers the execution's ARN. */
export async function startMachine(
  target: SdkCloud,
  definition: string,
  input: unknown = {},
): Promise<string> {
  const stateMachineArn = await createMachine(target, definition);
  return startExecution(target, stateMachineArn, { input: JSON.stringify(input) });
}

export async function startExecution(
  { cloud, sfn }: SdkCloud,
  stateMachineArn: string,
  others: { readonly name?: string; readonly input?: string } = {},
): Promise<string> {
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, ...others }));
  await cloud.settle();
  return executionArn ?? '';
}

export async function describeExecution(
  { sfn }: SdkCloud,
  executionArn: string,
): Promise<DescribeExecutionCommandOutput> {
  return sfn.send(new DescribeExecutionCommand({ executionArn }));
}

export async function eventsOf({ sfn }: SdkCloud, executionArn: string): Promise<readonly HistoryEvent[]> {
  const answer = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
  return answer.events ?? [];
}

/** `id<-previousEventId type` of every event: the shape of a history. */
export async function shapeOf(target: SdkCloud, executionArn: string): Promise<readonly string[]> {
  const events = await eventsOf(target, executionArn);
  return events.map(({ id, previousEventId, type }) => `${id}<-${previousEventId} ${type}`);
}

/** What an execution came to, with its output as a value. */
export async function outcomeOf(target: SdkCloud, executionArn: string) {
  const { status, output, error, cause } = await describeExecution(target, executionArn);
  const value: unknown = output === undefined ? undefined : JSON.parse(output);
  return { status, output: value, error, cause };
}

/** Starts a machine and answers what it came to. */
export async function runMachine(target: SdkCloud, definition: string, input: unknown = {}) {
  return outcomeOf(target, await startMachine(target, definition, input));
}

/** Name and message of the error that a call is refused with. */
export async function refusalOf(call: Promise<unknown>): Promise<{ name: string; message: string }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return { name: error.name, message: error.message };
    throw error;
  }
  throw new Error('The call was not refused.');
}
