import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { serve, startCloud, type Cloud } from './support/cloud.ts';
import { difference, type Comparison } from './support/compareRecorded.ts';
import { FunctionError } from './support/stubLambda.ts';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One call that was recorded on AWS, or a wait. */
type RecordedStep = {
  readonly op: string;
  readonly args?: Record<string, unknown>;
  readonly until?: string;
  readonly executionArn?: string;
  readonly recordedAs?: string;
  readonly expect?: Record<string, unknown>;
  readonly expectError?: { readonly name: string; readonly message: string };
};

type Stub = {
  readonly kind: string;
  readonly payload?: unknown;
  readonly prefix?: string;
  readonly seconds?: number;
  readonly char?: string;
  readonly count?: number;
};

type RecordedCase = {
  readonly id: string;
  readonly lambdas?: readonly { readonly name: string; readonly stub: Stub }[];
  readonly steps: readonly RecordedStep[];
  readonly finals?: readonly Record<string, unknown>[];
  readonly historyTransformed?: string;
};

/** Beside the project, because the recordings belong to others; it is not copied into the project. */
const FILE = join(import.meta.dirname, '../../../../../shared/conformance/sfn-cases.json');

/** The cases recorded on AWS; none when they are not on this machine. */
function readCases(file = process.env['SFN_CASES'] ?? FILE): readonly RecordedCase[] {
  if (!existsSync(file)) return [];
  const parsed: { readonly cases: readonly RecordedCase[] } = JSON.parse(readFileSync(file, 'utf8'));
  return parsed.cases;
}

type Answer = Readonly<Record<string, unknown>>;
type Send = (client: SFNClient, args: never) => Promise<object>;

const CALLS: Readonly<Record<string, Send>> = {
  CreateStateMachine: (client, args) => client.send(new CreateStateMachineCommand(args)),
  DeleteStateMachine: (client, args) => client.send(new DeleteStateMachineCommand(args)),
  DescribeExecution: (client, args) => client.send(new DescribeExecutionCommand(args)),
  DescribeStateMachine: (client, args) => client.send(new DescribeStateMachineCommand(args)),
  DescribeStateMachineForExecution: (client, args) =>
    client.send(new DescribeStateMachineForExecutionCommand(args)),
  GetExecutionHistory: (client, args) => client.send(new GetExecutionHistoryCommand(args)),
  ListExecutions: (client, args) => client.send(new ListExecutionsCommand(args)),
  ListStateMachines: (client, args) => client.send(new ListStateMachinesCommand(args)),
  RedriveExecution: (client, args) => client.send(new RedriveExecutionCommand(args)),
  SendTaskFailure: (client, args) => client.send(new SendTaskFailureCommand(args)),
  SendTaskHeartbeat: (client, args) => client.send(new SendTaskHeartbeatCommand(args)),
  SendTaskSuccess: (client, args) => client.send(new SendTaskSuccessCommand(args)),
  StartExecution: (client, args) => client.send(new StartExecutionCommand(args)),
  StopExecution: (client, args) => client.send(new StopExecutionCommand(args)),
  UpdateStateMachine: (client, args) => client.send(new UpdateStateMachineCommand(args)),
};

const cases = readCases();

test(`has the cases recorded on AWS (${cases.length} of them)`, ({ skip }) => {
  if (cases.length === 0) skip('0 recorded cases: they are not beside the project on this machine');

  expect(cases.length).toBeGreaterThan(0);
});

for (const recorded of cases) {
  test(`as recorded on AWS: ${recorded.id}`, async () => {
    const cloud = startCloud();
    const client = clientOf(await serve(cloud));
    for (const { name, stub } of recorded.lambdas ?? []) addStub(cloud, name, stub);

    const differences = await replay(recorded, { cloud, client });

    expect(differences).toEqual([]);
  });
}

type Target = { readonly cloud: Cloud; readonly client: SFNClient };

function clientOf(endpoint: string): SFNClient {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new SFNClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return client;
}

function addStub({ lambda }: Cloud, name: string, stub: Stub): void {
  lambda.add(name, async (payload) => {
    if (stub.kind === 'return-event') return payload;
    if (stub.kind === 'return') return JSON.stringify(stub.payload);
    if (stub.kind === 'return-repeat') return JSON.stringify((stub.char ?? '').repeat(stub.count ?? 0));
    if (stub.kind === 'return-python-repr')
      return JSON.stringify(`${stub.prefix}${pythonRepr(JSON.parse(payload))}`);
    if (stub.kind === 'error') {
      const text = JSON.stringify(stub.payload).replaceAll('<uuid>', randomUUID());
      const document: object = JSON.parse(text);
      throw new FunctionError(document);
    }
    await lambda.sleep((stub.seconds ?? 0) * 1000);
    return payload;
  });
}

function pythonRepr(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  if (typeof value !== 'object') return String(value);
  const members = Object.entries(value).map(([name, inner]) => `'${name}': ${pythonRepr(inner)}`);
  return `{${members.join(', ')}}`;
}

/** Makes the recorded calls and answers what is not as it was recorded. */
async function replay(recorded: RecordedCase, target: Target): Promise<readonly string[]> {
  const names = new Map<string, string>();
  const arns = new Map<string, string>();
  const found: (string | null)[] = [];
  for (const one of recorded.steps) {
    const step: RecordedStep = withArns(one, arns);
    if (step.op === 'await') {
      await untilEnded(step.executionArn ?? [...arns.values()].at(-1) ?? '', target);
      continue;
    }
    const answer = await send(step, target.client);
    if (step.recordedAs !== undefined) arns.set(step.recordedAs, String(answer['executionArn']));
    found.push(compare(step, answer, { names, isTransformed: recorded.historyTransformed !== undefined }));
  }
  found.push(...(await compareFinals(recorded.finals ?? [], [...arns.values()], target)));
  return found.filter((one) => one !== null);
}

function withArns(step: RecordedStep, arns: ReadonlyMap<string, string>): RecordedStep {
  const { recordedAs, ...others } = step;
  let text = JSON.stringify(others);
  for (const [recorded, actual] of arns) text = text.replaceAll(recorded, actual);
  const replaced: RecordedStep = JSON.parse(text);
  return recordedAs === undefined ? replaced : { ...replaced, recordedAs };
}

/** Jumps from deadline to deadline until the execution has ended. */
async function untilEnded(executionArn: string, { cloud, client }: Target): Promise<void> {
  const MAX_JUMPS = 50;
  for (let jump = 0; jump < MAX_JUMPS; jump += 1) {
    await cloud.settle();
    const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING') return;
    const row = cloud.store.statement('SELECT min(due) AS due FROM scheduler_deadlines').get();
    const next = Math.min(Number(row?.['due'] ?? Infinity), cloud.lambda.nextWake());
    await cloud.advance(Math.max(0, next - cloud.clock.now()) + 1);
  }
  throw new Error(`${executionArn} did not end.`);
}

async function send({ op, args = {} }: RecordedStep, client: SFNClient): Promise<Answer> {
  const call = CALLS[op];
  if (call === undefined) throw new Error(`The recording calls ${op}.`);
  try {
    return { ...(await call(client, args as never)) };
  } catch (error) {
    if (error instanceof Error) return { name: error.name, message: error.message };
    throw error;
  }
}

type Names = { readonly names: Map<string, string>; readonly isTransformed: boolean };

function compare(step: RecordedStep, answer: Answer, { names, isTransformed }: Names): string | null {
  const { op, expect: expected, expectError } = step;
  const exactly = { names, isSubset: false };
  if (expectError !== undefined) return difference(expectError, answer, { names, isSubset: true });
  if (answer['message'] !== undefined) return `${op} failed: ${String(answer['message'])}`;
  if (expected === undefined) return null;
  if (op !== 'GetExecutionHistory') return difference(expected, answer, { names, isSubset: true });
  const events = parseEvents(answer['events']);
  const actual = events.map((event) => without(event, ['timestamp']));
  if (!areOrdered(events)) return 'the timestamps of the events are missing or decrease';
  return isTransformed
    ? multisetDifference(parseEvents(expected['events']), actual, exactly)
    : difference(expected['events'], actual, exactly);
}

function parseEvents(value: unknown): readonly Answer[] {
  return Array.isArray(value) ? value : [];
}

function without(event: Answer, names: readonly string[]): Answer {
  return Object.fromEntries(Object.entries(event).filter(([name]) => !names.includes(name)));
}

function areOrdered(events: readonly Answer[]): boolean {
  const times = events.map(({ timestamp }) => (timestamp instanceof Date ? timestamp.getTime() : Number.NaN));
  return times.every((time, index) => time >= (times[index - 1] ?? 0));
}

const DROPPED = ['ParallelStateSucceeded', 'ParallelStateFailed'];

function multisetDifference(
  expected: readonly Answer[],
  actual: readonly Answer[],
  comparison: Comparison,
): string | null {
  const left = actual.filter(({ type }) => !DROPPED.includes(String(type)));
  for (const event of expected) {
    const index = left.findIndex((one) => isLike(event, one, comparison));
    if (index === -1) return `no event like ${JSON.stringify(event)}`;
    left.splice(index, 1);
  }
  return left.length === 0 ? null : `not recorded: ${JSON.stringify(left)}`;
}

/** Names are only remembered from an event that is alike. */
function isLike(expected: Answer, actual: Answer, comparison: Comparison): boolean {
  const names = new Map(comparison.names);
  const bare = [expected, actual].map((event) => without(event, ['id', 'previousEventId']));
  if (difference(bare[0], bare[1], { ...comparison, names }) !== null) return false;
  for (const [name, value] of names) comparison.names.set(name, value);
  return true;
}

async function compareFinals(finals: readonly Answer[], arns: readonly string[], { client }: Target) {
  const found: (string | null)[] = [];
  for (const [index, final] of finals.entries()) {
    const executionArn = arns[index];
    if (executionArn === undefined) continue;
    const described = await client.send(new DescribeExecutionCommand({ executionArn }));
    found.push(difference(final, described, { names: new Map(), isSubset: true }));
  }
  return found;
}
