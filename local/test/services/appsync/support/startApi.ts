import { onTestFinished } from 'vitest';
import type { ApiDefinition, AppSync } from '../../../../services/appsync/appsync.ts';
import { createAppSync, type AppSyncOptions } from '../../../../services/appsync/createAppSync.ts';
import { createAdjustableClock, type AdjustableClock } from '../../../../ground/clock/clock.ts';
import { createSignatureVerifier } from '../../../../wire/signature/createSignatureVerifier.ts';
import { serveHandler } from '../../../support/serveHandler.ts';
import { apiDefinition } from './apiDefinition.ts';
import { checkCode } from '../../../../services/appsync/javascript/checkCode.ts';
import { createEvaluator } from '../../../../services/appsync/javascript/createEvaluator.ts';
import type { Lambda } from '../../../../services/lambda/lambda.ts';

export const CREDENTIALS = { accessKeyId: 'AKIAEXAMPLEEXAMPLE00', secretAccessKey: 'secret-for-tests' };

export type RunningApi = {
  readonly appsync: AppSync;
  readonly clock: AdjustableClock;
  readonly lambda: StubLambda;
  /** What resolvers and AppSync itself logged: source, level and text. */
  readonly logs: readonly string[];
  readonly port: number;
  readonly graphqlUrl: string;
  readonly realtimeUrl: string;
  readonly stop: () => Promise<void>;
};

export type StartOptions = Partial<
  Pick<AppSyncOptions, 'timeoutMilliseconds' | 'tickMilliseconds' | 'standInIssuer'>
> & {
  readonly port?: number;
};

/** An API behind a server of its own, for as long as the test runs. */
export async function startApi(
  definition: Partial<ApiDefinition> = {},
  { port = 0, ...options }: StartOptions = {},
): Promise<RunningApi> {
  const clock = createAdjustableClock();
  const lambda = stubLambda();
  const secrets = new Map([[CREDENTIALS.accessKeyId, { secret: CREDENTIALS.secretAccessKey }]]);
  const verifySignature = createSignatureVerifier({ clock, wallClock: { now: Date.now }, secrets });
  const evaluator = createEvaluator({ clock });
  const logs: string[] = [];
  const onLog: AppSyncOptions['onLog'] = (source, { level, text }) =>
    void logs.push(`${source} | ${level} ${text}`);
  const appsync = createAppSync({ clock, lambda, verifySignature, evaluator, checkCode, onLog, ...options });
  await appsync.define(apiDefinition(definition));
  const { server, port: bound, close } = await serveHandler(() => appsync.handle, { port });
  server.on('upgrade', appsync.upgrade);
  const stop = async () => {
    if (!server.listening) return;
    await appsync.stop();
    await close();
  };
  onTestFinished(stop);
  return {
    appsync,
    clock,
    lambda,
    logs,
    port: bound,
    graphqlUrl: `http://127.0.0.1:${bound}/graphql`,
    realtimeUrl: `ws://127.0.0.1:${bound}/graphql/realtime`,
    stop,
  };
}

type Answer = unknown | Promise<unknown>;

/** Lambda with the one function `worker`, which does what `answer` does: what it throws is the function's error. */
type StubLambda = Lambda & {
  /** What it was invoked with, the asynchronous invocations apart. */
  readonly events: unknown[];
  readonly later: unknown[];
  answer: (event: unknown) => Answer;
};

function stubLambda(): StubLambda {
  const events: unknown[] = [];
  const later: unknown[] = [];
  const stub: StubLambda = {
    events,
    later,
    answer: () => null,
    define: () => {},
    configureAsync: () => {},
    exists: (name) => name.endsWith(':worker'),
    invoke: async (_name, payload) => {
      events.push(JSON.parse(payload));
      try {
        const answer = await stub.answer(JSON.parse(payload));
        return { payload: JSON.stringify(answer ?? null), functionError: null, requestId: 'request' };
      } catch (error) {
        const { name, message } = error instanceof Error ? error : new Error(String(error));
        const document = { errorType: name, errorMessage: message, trace: [] };
        return { payload: JSON.stringify(document), functionError: 'Unhandled', requestId: 'request' };
      }
    },
    invokeLater: (_name, payload) => void later.push(JSON.parse(payload)),
    start: () => {},
    stop: async () => {},
    handle: () => ({ status: 404, headers: {}, body: '' }),
  };
  return stub;
}
