import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { sign } from '../../testing/sign.ts';
import { openSocket, subprotocols } from '../../testing/openSocket.ts';
import { heard, startFrame } from '../services/appsync/support/openSocket.ts';
import type { Step } from './reports.ts';
import type { Started } from './startReport.ts';

type Running = Extract<Started, { readonly refusal: null }>;

/** What came back: `value` is what `equals` is compared with, `text` what the expressions read. */
export type Answer = {
  readonly value: unknown;
  readonly text: string;
  readonly error?: { readonly message: string; readonly type: string };
  readonly httpStatus?: number;
  readonly status?: string;
  /** How many frames or messages came. */
  readonly count?: number;
};

const NOTHING: Answer = { value: null, text: '' };

export async function runStep(started: Started, step: Step): Promise<Answer> {
  if (started.refusal !== null) return NOTHING;
  switch (step.do) {
    case 'start':
      return NOTHING;
    case 'graphql':
      return graphqlAnswer(await graphql(started, step.query, step.variables));
    case 'subscribe':
      return subscribe(started, step);
    case 'lambda':
      return invoke(started, step.function, step.payload);
    case 'sfn':
      return execute(started, step.definition, step.input);
    case 'event':
      return putEvent(started, step.entry);
    case 'python':
      return runPython(started, step.code);
  }
}

type GraphqlBody = {
  readonly data: unknown;
  readonly errors?: readonly { readonly message: string; readonly errorType?: string | null }[];
};

/** Posts a query with the API key of the outputs. */
export async function graphql(
  { port, outputs }: Running,
  query: string,
  variables: unknown = {},
): Promise<GraphqlBody> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': outputs['Key'] ?? '' },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

function graphqlAnswer({ data, errors = [] }: GraphqlBody): Answer {
  const [first] = errors;
  const error = first && { message: first.message, type: first.errorType ?? '' };
  return { value: data, text: JSON.stringify({ data, errors }), ...(error && { error }) };
}

async function subscribe(started: Running, step: Extract<Step, { do: 'subscribe' }>): Promise<Answer> {
  const { port, outputs } = started;
  const authorization = { host: `localhost:${port}`, 'x-api-key': outputs['Key'] ?? '' };
  const socket = await openSocket(`ws://127.0.0.1:${port}/graphql/realtime`, {
    protocols: subprotocols(authorization),
  });
  try {
    socket.send(startFrame(step.query, { variables: step.variables, authorization }));
    const begun = await socket.next();
    if (begun['type'] !== 'start_ack') {
      const [error] = begun['payload'].errors;
      return { ...NOTHING, error: { message: error.message, type: error.errorType ?? '' }, count: 0 };
    }
    for (const query of step.then) await graphql(started, query);
    const frames = (await heard(socket)).map((frame) => frame['payload'].data);
    return { value: frames, text: JSON.stringify(frames), count: frames.length };
  } finally {
    socket.close();
  }
}

type AwsCall = { readonly service: string; readonly target: string; readonly body: unknown };
type AwsAnswer = { readonly headers: Headers; readonly body: ReturnType<typeof JSON.parse> };

/** A signed call of one of AWS's JSON protocols; `target` is a path or the value of `x-amz-target`. */
async function callAws({ port, credentials }: Running, call: AwsCall): Promise<AwsAnswer> {
  const { service, target } = call;
  const isPath = target.startsWith('/');
  const url = `http://127.0.0.1:${port}${isPath ? target : '/'}`;
  const body = JSON.stringify(call.body);
  const own = { 'content-type': 'application/x-amz-json-1.0', ...(isPath ? {} : { 'x-amz-target': target }) };
  const headers = await sign({ url, body, service, credentials, headers: own });
  const response = await fetch(url, { method: 'POST', headers, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`${target} answered ${response.status}: ${text}`);
  return { headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

async function invoke(started: Running, name: string, payload: unknown): Promise<Answer> {
  const target = `/2015-03-31/functions/${name}/invocations`;
  const { headers, body } = await callAws(started, { service: 'lambda', target, body: payload });
  const answer = { value: body, text: JSON.stringify(body) };
  if (!headers.has('x-amz-function-error')) return answer;
  return { ...answer, error: { message: body.errorMessage, type: body.errorType } };
}

const ROLE = 'arn:aws:iam::111111111111:role/r';
let machines = 0;

async function execute(started: Running, definition: unknown, input: unknown): Promise<Answer> {
  const call = async (operation: string, body: unknown) =>
    (await callAws(started, { service: 'states', target: `AWSStepFunctions.${operation}`, body })).body;
  machines += 1;
  const { stateMachineArn } = await call('CreateStateMachine', {
    name: `report-${machines}`,
    definition: JSON.stringify(definition),
    roleArn: ROLE,
  });
  const { executionArn } = await call('StartExecution', { stateMachineArn, input: JSON.stringify(input) });
  for (;;) {
    const { status, output, error, cause } = await call('DescribeExecution', { executionArn });
    if (status === 'RUNNING') continue;
    const value: unknown = output === undefined ? null : JSON.parse(output);
    const failed = error === undefined ? {} : { error: { message: cause ?? '', type: error } };
    return { value, text: output ?? '', status, ...failed };
  }
}

/** EventBridge delivers within less; a queue that stays empty for so long stays empty. */
const MAX_DELIVERY_SECONDS = 3;

async function putEvent(started: Running, entry: Readonly<Record<string, unknown>>): Promise<Answer> {
  const queue = started.outputs['Queue'] ?? '';
  await callAws(started, { service: 'events', target: 'AWSEvents.PutEvents', body: { Entries: [entry] } });
  const { body } = await callAws(started, {
    service: 'sqs',
    target: 'AmazonSQS.ReceiveMessage',
    body: { QueueUrl: queue, MaxNumberOfMessages: 10, WaitTimeSeconds: MAX_DELIVERY_SECONDS },
  });
  const messages: readonly { readonly Body: string }[] = body?.Messages ?? [];
  const bodies = messages.map((message) => message.Body);
  return { value: bodies, text: bodies.join('\n'), count: bodies.length };
}

export function hasPython(): boolean {
  try {
    execFileSync('python3', ['-c', 'import boto3, requests'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function runPython({ port, credentials, outputs }: Running, code: readonly string[]): Promise<Answer> {
  const names = {
    ENDPOINT: `http://127.0.0.1:${port}`,
    KEY: credentials.accessKeyId,
    SECRET: credentials.secretAccessKey,
    BUCKET: outputs['Bucket'] ?? '',
  };
  const set = Object.entries(names).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  const child = execFile('python3', ['-c', [...set, ...code].join('\n')]);
  let printed = '';
  child.stdout?.on('data', (text: string) => (printed += text));
  child.stderr?.on('data', (text: string) => (printed += text));
  await once(child, 'close');
  const [, status = '', text = ''] = /^(\d{3}) ?(.*)$/s.exec(printed.trim()) ?? [];
  return { value: text, text: status === '' ? printed : text, httpStatus: Number(status) };
}
