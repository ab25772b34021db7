import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { temporaryFolder } from '../../local/test/support/temporaryFolder.ts';
import { writeAssembly } from '../support/writeAssembly.ts';
import { folderBytes, print } from './support/figures.ts';
import { createSignedLoad, type SignedLoad } from './support/signedLoad.ts';

const EXECUTIONS = Number(process.env['PAUSED'] ?? 100_000);
/** A slow machine measures with as many as it gets paused in this time. */
const MAX_CREATION_MILLISECONDS = 120_000;
const MACHINE = 'arn:aws:states:us-east-1:111111111111:stateMachine:waiting';
const ROLE = 'arn:aws:iam::111111111111:role/waiting';

/** One Task that hands its token to a function, which keeps it in a file, and waits. */
function resourcesOf(tokens: string) {
  const payload = '{% {"token": $states.context.Task.Token} %}';
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'Wait',
    States: {
      Wait: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Arguments: { FunctionName: 'keep', Payload: payload },
        TimeoutSeconds: 259_200,
        End: true,
      },
    },
  };
  const code = `const { appendFileSync } = require('node:fs');
exports.handler = async ({ token }) => appendFileSync(${JSON.stringify(tokens)}, token + '\\n');`;
  return {
    Keep: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'keep',
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: ROLE,
        Code: { ZipFile: code },
      },
    },
    Waiting: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: 'waiting',
        RoleArn: ROLE,
        DefinitionString: JSON.stringify(definition),
      },
    },
  };
}

/** How many there are with a status, by the pages of ListExecutions. */
async function count(load: SignedLoad, statusFilter: string): Promise<number> {
  let found = 0;
  let nextToken: string | undefined;
  do {
    const request = { stateMachineArn: MACHINE, statusFilter, maxResults: 1000, nextToken };
    const page: { executions: unknown[]; nextToken?: string } = JSON.parse(
      await load.ask('ListExecutions', request),
    );
    found += page.executions.length;
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found;
}

/** The function is invoked in the order of the starts: when the last ones wait, all do. */
async function untilPaused(load: SignedLoad, executionArns: readonly string[]): Promise<void> {
  for (const executionArn of executionArns) {
    for (let history = ''; !history.includes('TaskSubmitted');)
      history = await load.ask('GetExecutionHistory', { executionArn, includeExecutionData: false });
  }
}

/** What the process of a cloud holds, as its own debugger tells. */
type Inspected = { readonly heapBytes: number; readonly timers: number };

type Answer = { readonly id?: number; readonly result?: Result };
type Result = { readonly usedSize?: number; readonly result?: { readonly value?: unknown } };

/** Starts the cloud's processes with a debugger that listens, without a change to the cloud. */
const WITH_DEBUGGER = '--inspect=127.0.0.1:0';

/** The main thread's heap after a collection, and its timers. */
async function inspect(cloud: LocalCloud): Promise<Inspected> {
  const url = cloud
    .printed()
    .match(/ws:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]+/g)
    ?.at(-1);
  if (url === undefined) throw new Error('The cloud has printed no address of its debugger.');
  const socket = new WebSocket(url);
  const opened = Promise.withResolvers<void>();
  const waiting = new Map<number, (result: Result) => void>();
  socket.addEventListener('open', () => opened.resolve());
  socket.addEventListener('error', () => opened.reject(new Error(`No debugger listens at ${url}.`)));
  socket.addEventListener('message', ({ data }) => {
    const { id, result }: Answer = JSON.parse(String(data));
    if (id !== undefined) waiting.get(id)?.(result ?? {});
  });
  await opened.promise;
  const call = (method: string, params: object = {}): Promise<Result> =>
    new Promise((resolve) => {
      const id = waiting.size + 1;
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
    });
  for (const _pass of [1, 2]) await call('HeapProfiler.collectGarbage');
  const { usedSize = Number.NaN } = await call('Runtime.getHeapUsage');
  const expression = 'process.getActiveResourcesInfo().filter((name) => name === "Timeout").length';
  const { result } = await call('Runtime.evaluate', { expression });
  socket.close();
  return { heapBytes: usedSize, timers: Number(result?.value) };
}

test(`${EXECUTIONS.toLocaleString('en')} paused executions: begun, killed, served again, completed`, async () => {
  const folder = temporaryFolder();
  const tokensFile = join(folder, 'tokens');
  process.env['NODE_OPTIONS'] = WITH_DEBUGGER;
  const cloud = await startLocalCloud({ assembly: writeAssembly(folder, resourcesOf(tokensFile)) });
  onTestFinished(cloud.remove);
  const load = createSignedLoad(cloud);
  const empty = { ...(await inspect(cloud)), diskBytes: folderBytes(cloud.data) };

  const arns: string[] = [];
  let begun = 0;
  const beganAt = performance.now();
  await load.send(
    'StartExecution',
    () => {
      const isLate = performance.now() - beganAt > MAX_CREATION_MILLISECONDS;
      if (begun === EXECUTIONS || isLate) return null;
      begun += 1;
      return { stateMachineArn: MACHINE, name: `order-${begun}`, input: `{"orderId":"order-${begun}"}` };
    },
    (answer) => arns.push(JSON.parse(answer).executionArn),
  );
  const acknowledged = (performance.now() - beganAt) / 1000;
  await untilPaused(load, arns.slice(-200));
  const paused = (performance.now() - beganAt) / 1000;
  const tokens = readFileSync(tokensFile, 'utf8').trim().split('\n');
  expect(tokens).toHaveLength(begun);
  print('executions paused', begun, '');
  print('StartExecution acknowledged', begun / acknowledged, '/s');
  print('StartExecution to paused', begun / paused, '/s');
  const full = await inspect(cloud);
  const heapBytes = (full.heapBytes - empty.heapBytes) / begun;
  const diskBytes = (folderBytes(cloud.data) - empty.diskBytes) / begun;
  print('heap per paused execution', heapBytes, 'bytes');
  print('timers of the process, all paused', full.timers, '');
  print('disk per paused execution', diskBytes / 1000, 'KB');
  expect(heapBytes).toBeLessThan(100);
  expect(diskBytes).toBeLessThan(4096);
  expect(full.timers).toBeLessThan(10);

  await cloud.end('SIGKILL');
  const killedAt = performance.now();
  await cloud.start();
  expect(await load.ask('DescribeExecution', { executionArn: arns[0] })).toContain('"RUNNING"');
  print('serving again after kill -9', performance.now() - killedAt);
  const again = await inspect(cloud);
  print('heap per paused execution, started again', (again.heapBytes - empty.heapBytes) / begun, 'bytes');
  print('timers of the process, started again', again.timers, '');
  expect(await count(load, 'RUNNING')).toBe(begun);

  const left = tokens.values();
  const sentAt = performance.now();
  await load.send('SendTaskSuccess', () => {
    const { value: taskToken, done } = left.next();
    return done === true ? null : { taskToken, output: '{"isConfirmed":true}' };
  });
  print('SendTaskSuccess to completed', begun / ((performance.now() - sentAt) / 1000), '/s');
  expect(await count(load, 'SUCCEEDED')).toBe(begun);
  expect(await count(load, 'RUNNING')).toBe(0);
});
