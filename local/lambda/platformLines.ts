import { EXIT, KILLED } from './instanceFaults.ts';
import type { Outcome } from './outcome.ts';

export type LogFormat = 'JSON' | 'Text';

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

/** What Lambda itself writes before an invocation. */
export function startLines(format: LogFormat, requestId: string, time: string): string {
  if (format === 'Text') return `START RequestId: ${requestId} Version: $LATEST\n`;
  return `${JSON.stringify({ time, type: 'platform.start', record: { requestId, version: '$LATEST' } })}\n`;
}

/** What Lambda itself writes after an invocation. */
export function endLines(format: LogFormat, finished: Finished): string {
  return format === 'Text' ? textEnd(finished) : jsonEnd(finished);
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

/** Who was killed for its memory had used all of it. */
function usedMegabytes({ usedBytes, exit }: Outcome, memoryMegabytes: number): number {
  if (exit?.endsWith(KILLED) === true) return memoryMegabytes;
  return Math.max(1, Math.ceil(usedBytes / MEGABYTE));
}
