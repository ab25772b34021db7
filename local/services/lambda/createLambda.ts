import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { AdjustableClock } from '../../ground/clock/clock.ts';
import type { Scheduler } from '../../ground/scheduler/scheduler.ts';
import type { Sqs } from '../sqs/sqs.ts';
import type { Store } from '../../ground/store/store.ts';
import { checkAsyncConfig } from './checkAsyncConfig.ts';
import { type AsyncQueue, createAsyncQueue, type Settled } from './createAsyncQueue.ts';
import { type Completed, type DeployedFunction, deployFunction, type InvokeInput } from './deployFunction.ts';
import { type AsyncInvokeConfig, FunctionNotFound, type Invocation, type Lambda } from './lambda.ts';
import { isLatest, parseFunctionName } from './functionName.ts';
import { handleInvoke } from './wire/handleInvoke.ts';
import { createAwaited } from './createAwaited.ts';
import { createPrewarming } from './createPrewarming.ts';
import { createRedact } from '../../ground/redact.ts';
import type { CloudPort } from './port/servePort.ts';
import { settleEvent } from './settleEvent.ts';

export type LambdaOptions = {
  readonly store: Store;
  readonly clock: AdjustableClock;
  readonly scheduler: Scheduler;
  readonly sqs: Pick<Sqs, 'send'>;
  readonly logFolder: string;
  /** `requestId` is that of the invocation; empty for what a function writes before the first one. */
  readonly onLog: (functionName: string, line: string, requestId: string) => void;
  /** What every function gets beside its own variables: credentials and endpoints. */
  readonly workerEnvironment: Readonly<Record<string, string>>;
  /** Where functions reach the cloud without the network; null: nowhere. */
  readonly cloud: CloudPort | null;
  /** What must not stand in a log, beside the functions' own credentials. */
  readonly secrets?: readonly string[];
};

export type LocalLambda = Lambda & {
  /** Ends a function with the invocations that it has. */
  readonly remove: (functionName: string) => void;
  /** Starts one instance of each function that was defined since, one after the other; resolves when all are ready. */
  readonly prewarm: () => Promise<void>;
  /** Lets no further instance start in advance until the next `prewarm`. */
  readonly pausePrewarm: () => void;
  /** The timeout of a function; null when there is none of that name. */
  readonly timeoutSeconds: (nameOrArn: string) => number | null;
};

type Registry = {
  readonly options: LambdaOptions;
  readonly functions: Map<string, DeployedFunction>;
  readonly configs: Map<string, AsyncInvokeConfig>;
};

const DEFAULT_ASYNC: AsyncInvokeConfig = {
  maximumRetryAttempts: 2,
  maximumEventAgeSeconds: 21_600,
  onSuccess: null,
  onFailure: null,
};
/** What is under way when the cloud stops may still end. */
const STOP_MILLISECONDS = 1000;

/** The deployed bundles in worker threads, with the template's environment, timeout and memory. */
export function createLambda(options: LambdaOptions): LocalLambda {
  const registry: Registry = { options, functions: new Map(), configs: new Map() };
  const { functions, configs } = registry;
  const deployOptions = { ...options, redact: createRedact(secretsOf(options)) };
  const awaited = createAwaited();
  const prewarming = createPrewarming(async (name) => functions.get(name)?.warm());

  async function invoke(nameOrArn: string, input: InvokeInput, onBegin?: () => void): Promise<Completed> {
    return awaited.track(find(registry, nameOrArn).invoke(input, onBegin));
  }
  const queue: AsyncQueue = createAsyncQueue({
    ...options,
    isDefined: (name) => functions.has(name),
    configOf: (name) => configs.get(name) ?? DEFAULT_ASYNC,
    invoke: ({ functionName, ...event }) =>
      invokeEvent(registry, functionName, { ...event, clientContext: '' }),
    isBusy: awaited.hasSome,
    onSettled: (settled) => settle(registry, settled, later),
  });
  function later(nameOrArn: string, payload: string): void {
    queue.add(find(registry, nameOrArn).definition.name, payload);
  }
  return {
    define: (definition) => {
      const known = functions.get(definition.name);
      if (known !== undefined && isDeepStrictEqual(known.definition, definition)) return;
      functions.set(definition.name, deployFunction(definition, deployOptions));
      prewarming.add(definition.name);
      void known?.retire();
    },
    remove: (name) => {
      void functions.get(name)?.retire();
      functions.delete(name);
    },
    configureAsync: (name, config) => void configs.set(nameOf(name), checkAsyncConfig(name, config)),
    exists: (nameOrArn) => functions.has(nameOf(nameOrArn)),
    timeoutSeconds: (nameOrArn) => functions.get(nameOf(nameOrArn))?.definition.timeoutSeconds ?? null,
    invoke: (nameOrArn, payload, onBegin) =>
      invoke(nameOrArn, { payload, requestId: randomUUID(), clientContext: '' }, onBegin),
    invokeLater: later,
    prewarm: prewarming.run,
    pausePrewarm: prewarming.pause,
    start: () => {
      queue.start();
      prewarming.start();
    },
    stop: async () => {
      prewarming.stop();
      queue.stop();
      await awaited.settledWithin(STOP_MILLISECONDS);
      await Promise.all([...functions.values()].map(({ stop }) => stop()));
    },
    handle: (request) =>
      handleInvoke(request, {
        exists: (name) => functions.has(name),
        invoke,
        later: (name, { payload, requestId }) => queue.add(name, payload, requestId),
      }),
  };
}

function secretsOf({ workerEnvironment, secrets = [] }: LambdaOptions): readonly string[] {
  const ofFunctions = Object.entries(workerEnvironment)
    .filter(([name]) => /SECRET|TOKEN|KEY$/.test(name) && name !== 'AWS_ACCESS_KEY_ID')
    .map(([, value]) => value);
  return [...ofFunctions, ...secrets];
}

function nameOf(nameOrArn: string): string {
  const reference = parseFunctionName(nameOrArn);
  return reference !== null && isLatest(reference) ? reference.name : nameOrArn;
}

function find({ functions }: Registry, nameOrArn: string): DeployedFunction {
  const found = functions.get(nameOf(nameOrArn));
  if (found !== undefined) return found;
  throw new FunctionNotFound(`Function not found: ${nameOrArn}`);
}

/** A fault of the cloud itself counts as a failure of the function, so that the event is retried. */
async function invokeEvent(registry: Registry, name: string, input: InvokeInput): Promise<Invocation> {
  try {
    return await find(registry, name).invoke(input);
  } catch (error) {
    const errorMessage = error instanceof Error ? error.message : String(error);
    const payload = JSON.stringify({ errorType: 'Lambda.ServiceException', errorMessage });
    return { payload, functionError: 'Unhandled', requestId: input.requestId };
  }
}

type InvokeLater = (nameOrArn: string, payload: string) => void;

function settle({ options, functions, configs }: Registry, settled: Settled, invokeLater: InvokeLater): void {
  const { functionName, requestId } = settled.event;
  const definition = functions.get(functionName)?.definition;
  try {
    options.store.transact(() =>
      settleEvent(settled, {
        ...options,
        invokeLater,
        functionArn: definition?.arn ?? functionName,
        destinations: configs.get(functionName) ?? DEFAULT_ASYNC,
        deadLetterQueueArn: definition?.deadLetterQueueArn ?? null,
      }),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    options.onLog(
      functionName,
      `The result of the event ${requestId} could not be sent to its destination: ${reason}`,
      requestId,
    );
  }
}
