import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AdjustableClock } from '../clock/clock.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Sqs } from '../sqs/sqs.ts';
import type { Store } from '../store/store.ts';
import { createAsyncQueue } from './createAsyncQueue.ts';
import { createPool, type Pool } from './createPool.ts';
import { FunctionNotFound } from './errors.ts';
import { createFunctionLog } from './functionLog.ts';
import { handleInvoke } from './handleInvoke.ts';
import { createInstance } from './instance.ts';
import type { AsyncInvokeConfig, FunctionDefinition, Invocation, Lambda } from './lambda.ts';

export type LambdaOptions = {
  readonly store: Store;
  readonly clock: AdjustableClock;
  readonly scheduler: Scheduler;
  readonly sqs: Sqs;
  readonly logFolder: string;
  readonly onLog: (functionName: string, line: string) => void;
  /** What every function gets beside its own variables: region, credentials, endpoints. */
  readonly workerEnvironment: Readonly<Record<string, string>>;
};

const DEFAULT_ASYNC: AsyncInvokeConfig = {
  maximumRetryAttempts: 2,
  maximumEventAgeSeconds: 21_600,
  onFailure: null,
};
/** Lambda's limit of a synchronous payload and answer. */
const LARGEST_ANSWER_BYTES = 6_291_556;

type Deployed = { readonly definition: FunctionDefinition; readonly pool: Pool };

/** The deployed bundles in worker threads, with the template's environment, timeout and memory. */
export function createLambda(options: LambdaOptions): Lambda {
  const functions = new Map<string, Deployed>();
  const configs = new Map<string, AsyncInvokeConfig>();
  const find = (nameOrArn: string): Deployed => {
    const found = functions.get(nameOf(nameOrArn));
    if (found !== undefined) return found;
    throw new FunctionNotFound(`Function not found: ${nameOrArn}`);
  };
  const invoke = async (nameOrArn: string, payload: string): Promise<Invocation> => {
    const invocation = await find(nameOrArn).pool.invoke(payload);
    return Buffer.byteLength(invocation.payload) > LARGEST_ANSWER_BYTES ? tooLarge(invocation) : invocation;
  };
  const queue = createAsyncQueue({
    ...options,
    invoke,
    arnOf: (name) => find(name).definition.arn,
    configOf: (name) => configs.get(name) ?? DEFAULT_ASYNC,
  });
  return {
    define: (definition) => void functions.set(definition.name, deploy(definition, options)),
    configureAsync: (name, config) => void configs.set(nameOf(name), config),
    exists: (nameOrArn) => functions.has(nameOf(nameOrArn)),
    invoke,
    invokeLater: (nameOrArn, payload) => queue.add(nameOf(nameOrArn), payload),
    start: () => {
      queue.start();
      for (const { pool } of functions.values()) pool.warm();
    },
    stop: async () => void (await Promise.all([...functions.values()].map(({ pool }) => pool.stop()))),
    handle: (request) =>
      handleInvoke(request, { invoke, exists: (name) => functions.has(nameOf(name)), later: queue.add }),
  };
}

/** A name, a partial ARN or an ARN, with or without a qualifier. */
function nameOf(nameOrArn: string): string {
  return /(?:^|:)function:([^:]+)/.exec(nameOrArn)?.[1] ?? nameOrArn.split(':')[0] ?? nameOrArn;
}

function deploy(definition: FunctionDefinition, options: LambdaOptions): Deployed {
  const folder =
    'folder' in definition.code
      ? definition.code.folder
      : writeInline(definition, definition.code.inline, options);
  const log = createFunctionLog(options.logFolder, definition.name, {
    secrets: Object.entries(options.workerEnvironment)
      .filter(([name]) => name.includes('SECRET'))
      .map(([, value]) => value),
    onLine: (line) => options.onLog(definition.name, line),
  });
  const environment = environmentOf(definition, folder, options.workerEnvironment);
  const create = () =>
    createInstance({ definition, folder, clock: options.clock, environment, onOutput: log.write });
  return { definition, pool: createPool(create) };
}

function writeInline(definition: FunctionDefinition, source: string, { logFolder }: LambdaOptions): string {
  const folder = join(logFolder, '../inline', definition.name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
  writeFileSync(join(folder, 'index.js'), source, { mode: 0o600 });
  return folder;
}

function environmentOf(
  definition: FunctionDefinition,
  folder: string,
  shared: Readonly<Record<string, string>>,
) {
  return {
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
    AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroup,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    LAMBDA_TASK_ROOT: folder,
    _HANDLER: definition.handler,
    TZ: ':UTC',
    ...shared,
    ...definition.environment,
  };
}

function tooLarge(invocation: Invocation): Invocation {
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${LARGEST_ANSWER_BYTES} bytes).`;
  return {
    ...invocation,
    payload: JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage }),
    functionError: 'Unhandled',
  };
}
