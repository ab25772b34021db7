import { EXIT, KILLED, type Outcome } from './instanceFaults.ts';
import type { LoggingConfig } from './lambda.ts';

export type Finished = {
  readonly requestId: string;
  readonly time: string;
  readonly outcome: Outcome;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** Null unless the invocation waited for the import of the module. */
  readonly initMilliseconds: number | null;
};

const MEGABYTE = 1_048_576;

/** What Lambda itself writes before an invocation, at the level INFO. */
export function startLines(logging: LoggingConfig, requestId: string, time: string): string {
  if (logging.format === 'Text') return `START RequestId: ${requestId} Version: $LATEST\n`;
  if (logging.systemLevel === 'WARN') return '';
  return `${JSON.stringify({ time, type: 'platform.start', record: { requestId, version: '$LATEST' } })}\n`;
}

/** What Lambda itself writes after an invocation: INFO, or WARN where it failed. */
export function endLines(logging: LoggingConfig, finished: Finished): string {
  if (logging.format === 'Text') return textEnd(finished);
  const isQuiet = logging.systemLevel === 'WARN' && finished.outcome.status === 'success';
  return isQuiet ? '' : jsonEnd(finished);
}

function textEnd({ requestId, time, outcome, ...finished }: Finished): string {
  const { initMilliseconds, memoryMegabytes } = finished;
  const isTimeout = outcome.status === 'timeout';
  const report = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${outcome.milliseconds.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(outcome.milliseconds)} ms`,
    `Memory Size: ${memoryMegabytes} MB`,
    `Max Memory Used: ${usedMegabytes(outcome, memoryMegabytes)} MB`,
    ...(initMilliseconds === null ? [] : [`Init Duration: ${initMilliseconds.toFixed(2)} ms`]),
    ...(isTimeout ? ['Status: timeout'] : []),
    ...(outcome.exit === null ? [] : ['Status: error', `Error Type: ${EXIT}`]),
  ];
  const seconds = finished.timeoutSeconds.toFixed(2);
  return [
    ...(isTimeout ? [`${time} ${requestId} Task timed out after ${seconds} seconds`, ''] : []),
    ...(outcome.exit === null ? [] : [outcome.exit, EXIT]),
    `END RequestId: ${requestId}`,
    `${report.join('\t')}\t`,
    '',
  ].join('\n');
}

function jsonEnd({ requestId, time, outcome, memoryMegabytes, initMilliseconds }: Finished): string {
  const metrics = {
    durationMs: Number(outcome.milliseconds.toFixed(3)),
    billedDurationMs: Math.ceil(outcome.milliseconds),
    memorySizeMB: memoryMegabytes,
    maxMemoryUsedMB: usedMegabytes(outcome, memoryMegabytes),
    ...(initMilliseconds === null ? {} : { initDurationMs: Number(initMilliseconds.toFixed(3)) }),
  };
  const errorType = outcome.exit === null ? {} : { errorType: EXIT };
  const record = { requestId, metrics, status: outcome.status, ...errorType };
  return `${JSON.stringify({ time, type: 'platform.report', record })}\n`;
}

/** An instance that was killed for its memory had used all of it. */
function usedMegabytes({ usedBytes, exit }: Outcome, memoryMegabytes: number): number {
  if (exit?.endsWith(KILLED) === true) return memoryMegabytes;
  return Math.max(1, Math.ceil(usedBytes / MEGABYTE));
}
