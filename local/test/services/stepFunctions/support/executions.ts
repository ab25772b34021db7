import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { ROLE, type Cloud } from './cloud.ts';

let machines = 0;

export async function createMachine({ sfn }: Cloud, definition: string): Promise<string> {
  const name = `machine-${machines++}`;
  const { stateMachineArn } = await sfn.createStateMachine({ name, definition, roleArn: ROLE });
  return stateMachineArn ?? '';
}

/** Creates a machine, starts it, and lets happen what needs no time; answers the execution's ARN. */
export async function startMachine(cloud: Cloud, definition: string, input: unknown = {}): Promise<string> {
  const stateMachineArn = await createMachine(cloud, definition);
  return startExecution(cloud, stateMachineArn, { input: JSON.stringify(input) });
}

export async function startExecution(
  cloud: Cloud,
  stateMachineArn: string,
  others: { readonly name?: string; readonly input?: string } = {},
): Promise<string> {
  const { executionArn } = await cloud.sfn.startExecution({ stateMachineArn, ...others });
  await cloud.settle();
  return executionArn ?? '';
}

export async function eventsOf({ sfn }: Cloud, executionArn: string): Promise<readonly HistoryEvent[]> {
  const answer = await sfn.getExecutionHistory({ executionArn, maxResults: 1000 });
  return answer.events ?? [];
}

/** `id<-previousEventId type` of every event: the shape of a history. */
export async function shapeOf(cloud: Cloud, executionArn: string): Promise<readonly string[]> {
  const events = await eventsOf(cloud, executionArn);
  return events.map(({ id, previousEventId, type }) => `${id}<-${previousEventId} ${type}`);
}

/** The types of a history's events. */
export async function typesOf(cloud: Cloud, executionArn: string): Promise<readonly string[]> {
  return (await eventsOf(cloud, executionArn)).map(({ type }) => type ?? '');
}

/** What an execution came to, with its output as a value. */
export async function outcomeOf(cloud: Cloud, executionArn: string) {
  const { status, output, error, cause } = await cloud.sfn.describeExecution({ executionArn });
  const value: unknown = output === undefined ? undefined : JSON.parse(output);
  return { status, output: value, error, cause };
}

/** Starts a machine and answers what it came to. */
export async function runMachine(cloud: Cloud, definition: string, input: unknown = {}) {
  return outcomeOf(cloud, await startMachine(cloud, definition, input));
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
