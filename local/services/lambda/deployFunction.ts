import { randomUUID } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import type { AdjustableClock } from '../../ground/clock/clock.ts';
import { createPool } from './createPool.ts';
import { functionEnvironment } from './functionEnvironment.ts';
import { createLogFile } from '../../ground/logFile.ts';
import { createFunctionOutput, type FunctionOutput } from './functionOutput.ts';
import { Instance } from './instance.ts';
import type { FunctionDefinition, Invocation } from './lambda.ts';
import type { Outcome } from './instanceFaults.ts';
import type { CloudPort } from './port/servePort.ts';
import { endLines, startLines } from './platformLines.ts';
import type { Redact } from '../../ground/redact.ts';
import { mkdirSync, writeFileSync } from 'node:fs';

export type DeployOptions = {
  readonly clock: AdjustableClock;
  readonly logFolder: string;
  /** `requestId` is that of the invocation; empty for what a function writes before the first one. */
  readonly onLog: (functionName: string, line: string, requestId: string) => void;
  readonly workerEnvironment: Readonly<Record<string, string>>;
  readonly redact: Redact;
  readonly cloud: CloudPort | null;
};

export type InvokeInput = {
  /** JSON text. */
  readonly payload: string;
  readonly requestId: string;
  /** JSON text, or empty. */
  readonly clientContext: string;
};

/** `log` is the end of what the invocation logged. */
export type Completed = Invocation & { readonly log: string };

export type DeployedFunction = {
  readonly definition: FunctionDefinition;
  /** `onBegin` is told when an instance has it. */
  readonly invoke: (input: InvokeInput, onBegin?: () => void) => Promise<Completed>;
  readonly warm: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Stops once the invocations under way have ended; no others follow. */
  readonly retire: () => Promise<void>;
};

/** Lambda's limit of a synchronous answer. */
const MAX_ANSWER_BYTES = 6_291_556;
const BYTES_A_CHARACTER = 3;

export function deployFunction(definition: FunctionDefinition, options: DeployOptions): DeployedFunction {
  const { clock } = options;
  const { logging } = definition;
  const now = () => new Date(clock.now()).toISOString();
  const log = createLogFile(options.logFolder, definition.name);
  const outputs = new WeakMap<Instance, FunctionOutput>();
  const newInstance = instanceFactory(definition, options);
  const pool = createPool((onBroken) => {
    const onLine = (line: string, requestId: string) => options.onLog(definition.name, line, requestId);
    const output = createFunctionOutput({ log, redact: options.redact, onLine });
    const instance = newInstance(output.take, onBroken);
    outputs.set(instance, output);
    return instance;
  });

  async function run(instance: Instance, input: InvokeInput): Promise<Completed> {
    const { requestId } = input;
    const isCold = !instance.isReady;
    const output = outputs.get(instance);
    output?.startInvocation(requestId); // what it writes while it loads is for this caller, too
    if (isCold) await instance.ready;
    output?.addPlatform(startLines(logging, requestId, now()));
    const outcome = await instance.invoke(input);
    const initMilliseconds = isCold ? instance.initMilliseconds : null;
    output?.addPlatform(
      endLines(logging, { ...definition, requestId, time: now(), outcome, initMilliseconds }),
    );
    return { ...answerOf(outcome), requestId, log: output?.endInvocation() ?? '' };
  }
  const underWay = new Set<Promise<Completed>>();
  const stop = async () => {
    await pool.stop();
    log.close();
  };
  return {
    definition,
    invoke: (input, onBegin) => {
      const invocation = pool.use((instance) => {
        onBegin?.();
        return run(instance, input);
      }, onBegin === undefined);
      underWay.add(invocation);
      return invocation.finally(() => underWay.delete(invocation));
    },
    warm: pool.warm,
    stop,
    retire: async () => {
      await Promise.allSettled(underWay);
      await stop();
    },
  };
}

function instanceFactory(definition: FunctionDefinition, options: DeployOptions) {
  const taskRoot = taskRootOf(definition, options.logFolder);
  return (onOutput: (text: string) => void, onBroken: () => void): Instance => {
    const day = new Date(options.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    const logStream = `${day}/[$LATEST]${randomUUID().replaceAll('-', '')}`;
    const shared = options.workerEnvironment;
    return new Instance({
      setup: {
        taskRoot,
        logStream,
        cacheFolder: join(dirname(options.logFolder), 'cache'),
        handler: definition.handler,
        runtime: definition.runtime,
        sharedOffset: options.clock.sharedOffset,
        functionName: definition.name,
        arn: definition.arn,
        memoryMegabytes: definition.memoryMegabytes,
        logGroup: definition.logGroup,
      },
      environment: functionEnvironment(definition, { taskRoot, logStream, shared }),
      cloud: options.cloud,
      timeoutSeconds: definition.timeoutSeconds,
      onOutput,
      onBroken,
    });
  };
}

function answerOf({ payload, status }: Outcome): Pick<Invocation, 'payload' | 'functionError'> {
  const mayBeTooLarge = payload.length * BYTES_A_CHARACTER > MAX_ANSWER_BYTES;
  if (mayBeTooLarge && Buffer.byteLength(payload) > MAX_ANSWER_BYTES) {
    const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAX_ANSWER_BYTES} bytes).`;
    const document = { errorType: 'Function.ResponseSizeTooLarge', errorMessage };
    return { payload: JSON.stringify(document), functionError: 'Unhandled' };
  }
  return { payload, functionError: status === 'success' ? null : 'Unhandled' };
}

/** The folder of a function's code. Source text from the template is written beside the logs, as index.js. */
function taskRootOf({ code, name }: FunctionDefinition, logFolder: string): string {
  if ('folder' in code) return resolve(code.folder);
  const folder = resolve(join(dirname(logFolder), 'functions', name));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'index.js'), code.inline, { mode: 0o600 });
  return folder;
}
