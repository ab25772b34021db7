import { join } from 'node:path';
import type { Clock } from '../ground/clock/clock.ts';
import { createLogFile } from '../ground/logFile.ts';
import type { StandInIssuer } from '../services/appsync/access/createTokenCheck.ts';
import type { AppSync } from '../services/appsync/appsync.ts';
import { createAppSync } from '../services/appsync/createAppSync.ts';
import { checkCode } from '../services/appsync/javascript/checkCode.ts';
import { createEvaluator } from '../services/appsync/javascript/createEvaluator.ts';
import type { Lambda } from '../services/lambda/lambda.ts';
import type { Callers } from './createCallers.ts';
import type { RequestLogs } from './createRequestLogs.ts';

type LoggedAppSyncOptions = {
  readonly data: string;
  readonly clock: Clock;
  readonly lambda: Lambda;
  readonly callers: Callers;
  readonly standInIssuer: StandInIssuer | null;
  readonly requestLogs: RequestLogs;
  readonly onLog: (source: string, line: string) => void;
};

/** AppSync, whose lines go to the terminal and into `logs/AppSync.log` of the data folder, without secrets. */
export function createLoggedAppSync({
  data,
  callers,
  requestLogs,
  onLog,
  ...options
}: LoggedAppSyncOptions): AppSync {
  const file = createLogFile(join(data, 'logs'), 'AppSync');
  const appsync = createAppSync({
    ...options,
    verifySignature: callers.verifySignature,
    evaluator: createEvaluator(options),
    checkCode,
    onInvoked: requestLogs.onInvoked,
    onLog: (source, { level, text }, requestId) => {
      const line = callers.redact(`${level} ${text}`);
      onLog(source, line);
      if (requestId !== undefined) requestLogs.add(requestId, { source, line });
      file.write(`${new Date(options.clock.now()).toISOString()} ${source} | ${line}\n`);
    },
  });
  return {
    ...appsync,
    stop: async () => {
      await appsync.stop();
      file.close();
    },
  };
}
