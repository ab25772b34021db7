import type { Clock } from '../../ground/clock/clock.ts';
import type { VerifySignature } from '../../wire/signature/signature.ts';
import type { Lambda } from '../lambda/lambda.ts';
import type { StandInIssuer } from './access/createTokenCheck.ts';
import type { AppSync } from './appsync.ts';
import { ApiRefused } from './errors.ts';
import type { CheckCode } from './checkApi.ts';
import type { OnHandlerLog } from './execution/handlers.ts';
import { createGraphqlHandler } from './wire/createGraphqlHandler.ts';
import type { Evaluator } from './javascript/evaluator.ts';
import { MAX_REQUEST_SECONDS } from './limits.ts';
import { loadApi } from './loadApi.ts';
import type { LoadedApi, OnInvoked } from './execution/execution.ts';
import { createRealtime } from './realtime/createRealtime.ts';

export type AppSyncOptions = {
  readonly clock: Clock;
  readonly lambda: Lambda;
  readonly verifySignature: VerifySignature;
  readonly evaluator: Evaluator;
  readonly checkCode: CheckCode;
  /** An issuer of tokens that stands in for those that the API names; none by default. */
  readonly standInIssuer?: StandInIssuer | null;
  /** What resolvers write with `console`, warnings about the API, and internal errors with their ids. */
  readonly onLog: OnHandlerLog;
  readonly onInvoked?: OnInvoked;
  /** How long a request may take; AppSync's 30 s unless a test is in a hurry. */
  readonly timeoutMilliseconds?: number;
  /** The beat of keep-alives (60 beats) and probes (12 beats): a second unless a test is in a hurry. */
  readonly tickMilliseconds?: number;
};

const SECOND = 1_000;
const REQUEST_TIMEOUT_MILLISECONDS = MAX_REQUEST_SECONDS * SECOND;

/** AppSync with one API, at `/graphql` and `/graphql/realtime`. */
export function createAppSync(options: AppSyncOptions): AppSync {
  let loaded: LoadedApi | null = null;
  const api = () => loaded;
  const timeoutMilliseconds = options.timeoutMilliseconds ?? REQUEST_TIMEOUT_MILLISECONDS;
  const realtime = createRealtime({
    timeoutMilliseconds,
    clock: options.clock,
    api,
    tickMilliseconds: options.tickMilliseconds ?? SECOND,
  });
  const handle = createGraphqlHandler({
    api,
    announce: (operation, execution, result) => realtime.announce({ operation, execution, result }),
    timeoutMilliseconds,
  });
  return {
    define: async (definition) => {
      if (loaded !== null && loaded.definition.id !== definition.id) {
        const names = `${loaded.definition.name} and ${definition.name}`;
        throw new ApiRefused(`The local cloud runs one AppSync API, but the template has ${names}.`);
      }
      loaded = await loadApi(definition, { standInIssuer: null, ...options });
    },
    handle,
    upgrade: realtime.upgrade,
    stop: async () => {
      await realtime.stop();
      await options.evaluator.stop();
    },
  };
}
