import { machineArn, ROLE, type Cloud } from './cloud.ts';

export type States = Readonly<Record<string, object>>;

/** A machine in JSONata; the first of its states begins. */
export function machine(states: States, others: object = {}): string {
  return JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: Object.keys(states)[0],
    States: states,
    ...others,
  });
}

export const INVOKE = 'arn:aws:states:::lambda:invoke';
export const INVOKE_AND_WAIT = 'arn:aws:states:::lambda:invoke.waitForTaskToken';
export const TOKEN = '{% $states.context.Task.Token %}';

/** A Task that gives its token to the function `keep` and waits. */
export function waitingTask(fields: object = {}): object {
  const Arguments = { FunctionName: 'keep', Payload: { token: TOKEN } };
  return { Type: 'Task', Resource: INVOKE_AND_WAIT, Arguments, End: true, ...fields };
}

/** Adds the function `keep` and answers the tokens that it gets, the oldest first. */
export function keepTokens({ lambda }: Cloud): string[] {
  const tokens: string[] = [];
  lambda.add('keep', (payload) => {
    const { token }: { token: string } = JSON.parse(payload);
    tokens.push(token);
    return '{}';
  });
  return tokens;
}

export type Event = Readonly<Record<string, unknown>> & {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
};

/** Makes a machine and starts an execution; answers its ARN. */
export async function start(cloud: Cloud, definition: string, input: unknown = {}): Promise<string> {
  const name = `machine-${machines++}`;
  cloud.stepFunctions.define({ name, arn: machineArn(name), roleArn: ROLE, definition });
  const answer = await cloud.call('StartExecution', {
    stateMachineArn: machineArn(name),
    input: JSON.stringify(input),
  });
  await cloud.settle();
  return String(answer['executionArn']);
}

let machines = 0;

export async function describe(cloud: Cloud, executionArn: string) {
  return cloud.call('DescribeExecution', { executionArn });
}

/** The status, and the output as a value. */
export async function outcome(cloud: Cloud, executionArn: string) {
  const { status, output, error, cause } = await describe(cloud, executionArn);
  const value: unknown = typeof output === 'string' ? JSON.parse(output) : output;
  return { status, output: value, error, cause };
}

/** Starts, lets everything happen that needs no time, and answers the outcome. */
export async function run(cloud: Cloud, definition: string, input: unknown = {}) {
  return outcome(cloud, await start(cloud, definition, input));
}

export async function history(cloud: Cloud, executionArn: string): Promise<readonly Event[]> {
  const { events } = await cloud.call('GetExecutionHistory', { executionArn, maxResults: 1000 });
  return Array.isArray(events) ? events : [];
}

/** `id<-previousEventId type` of every event: the shape of a history. */
export async function shape(cloud: Cloud, executionArn: string): Promise<readonly string[]> {
  const events = await history(cloud, executionArn);
  return events.map(({ id, previousEventId, type }) => `${id}<-${previousEventId} ${type}`);
}

/** The types of a history without its states' comings and goings. */
export async function types(cloud: Cloud, executionArn: string): Promise<readonly string[]> {
  return (await history(cloud, executionArn)).map(({ type }) => type);
}
