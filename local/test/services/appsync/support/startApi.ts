import { onTestFinished } from 'vitest';
import type { ApiDefinition, AppSync } from '../../../../services/appsync/appsync.ts';
import { createAppSync, type AppSyncOptions } from '../../../../services/appsync/createAppSync.ts';
import { createAdjustableClock, type AdjustableClock } from '../../../../ground/clock/clock.ts';
import { createSignatureVerifier } from '../../../../wire/signature/createSignatureVerifier.ts';
import { serveHandler } from '../../../support/serveHandler.ts';
import { apiDefinition } from './apiDefinition.ts';
import { checkCode } from '../../../../services/appsync/javascript/checkCode.ts';
import { createEvaluator } from '../../../../services/appsync/javascript/createEvaluator.ts';
import { stubLambda, type StubLambda } from './stubLambda.ts';

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
