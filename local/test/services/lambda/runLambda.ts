import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createAdjustableClock } from '../../../ground/clock/clock.ts';
import type { HttpRequest } from '../../../wire/httpMessage.ts';
import { createLambda } from '../../../services/lambda/createLambda.ts';
import type { CloudPort } from '../../../services/lambda/port/servePort.ts';
import type { FunctionDefinition } from '../../../services/lambda/lambda.ts';
import { createScheduler } from '../../../ground/scheduler/createScheduler.ts';
import { createSqs } from '../../../services/sqs/createSqs.ts';
import { openStore } from '../../../ground/store/openStore.ts';
import { QUEUE } from '../sqs/serveSqs.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

export const QUEUE_ARN = 'arn:aws:sqs:us-east-1:111111111111:failures';
export const SECRET = 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY12';

type Running = {
  readonly folder?: string;
  /** How functions reach a cloud without the network. */
  readonly cloud?: CloudPort | null;
};

/** Lambda with the real store, scheduler and queues in a folder of this test. */
export function runLambda({ folder = temporaryFolder(), cloud = null }: Running = {}) {
  const store = openStore({ folder });
  const clock = createAdjustableClock();
  const scheduler = createScheduler({ store, clock });
  const sqs = createSqs({ store, clock, scheduler });
  const lines: string[] = [];
  const lambda = createLambda({
    store,
    clock,
    scheduler,
    sqs,
    logFolder: join(folder, 'logs'),
    onLog: (name, line) => void lines.push(`${name} ${line}`),
    cloud,
    workerEnvironment: { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: SECRET },
  });
  sqs.define({
    name: 'failures',
    arn: QUEUE_ARN,
    url: 'http://localhost:4000/111111111111/failures',
    ...QUEUE,
  });
  const stop = async () => {
    scheduler.stop();
    await lambda.stop();
    store.close();
  };
  let isStopped = false;
  const stopOnce = async () => {
    if (!isStopped) await stop();
    isStopped = true;
  };
  onTestFinished(stopOnce);
  return { folder, store, clock, scheduler, sqs, lambda, lines, stop: stopOnce, ...definers(lambda, folder) };
}

export type RunningLambda = ReturnType<typeof runLambda>;

function definers(lambda: ReturnType<typeof createLambda>, folder: string) {
  const add = (definition: FunctionDefinition) => lambda.define(definition);
  return {
    /** A function whose source stands in the template. */
    addInline: (inline: string, more: Partial<FunctionDefinition> = {}) =>
      add({ ...definitionOf('worker'), code: { inline }, ...more }),
    /** A function with files of its own. */
    addFiles: (files: Readonly<Record<string, string>>, more: Partial<FunctionDefinition> = {}) => {
      const root = join(folder, 'asset');
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, name)), { recursive: true });
        writeFileSync(join(root, name), text);
      }
      add({ ...definitionOf('worker'), code: { folder: root }, ...more });
    },
    logFile: (name = 'worker') => readFileSync(join(folder, 'logs', `${name}.log`), 'utf8'),
  };
}

export function definitionOf(name: string): FunctionDefinition {
  return {
    name,
    arn: `arn:aws:lambda:us-east-1:111111111111:function:${name}`,
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    code: { inline: '' },
    environment: {},
    timeoutSeconds: 3,
    memoryMegabytes: 128,
    logging: { format: 'Text', level: 'INFO', systemLevel: 'INFO' },
    logGroup: `/aws/lambda/${name}`,
  };
}

export function invokeRequest(
  name: string,
  { body = '', headers = {} }: { body?: string | Uint8Array; headers?: Record<string, string> } = {},
): HttpRequest {
  return {
    method: 'POST',
    path: `/2015-03-31/functions/${name}/invocations`,
    query: '',
    headers,
    body: Buffer.from(body),
    remoteAddress: '127.0.0.1',
    accessKeyId: 'AKIAEXAMPLE',
  };
}
