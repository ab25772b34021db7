import type { Outcome } from './instance.ts';

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
    `Max Memory Used: ${usedMegabytes(outcome)} MB`,
    ...(initMilliseconds === null ? [] : [`Init Duration: ${initMilliseconds.toFixed(2)} ms`]),
    ...(isTimeout ? ['Status: timeout'] : []),
  ];
  const seconds = finished.timeoutSeconds.toFixed(2);
  return [
    ...(isTimeout ? [`${time} ${requestId} Task timed out after ${seconds} seconds`, ''] : []),
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
    maxMemoryUsedMB: usedMegabytes(outcome),
    ...(initMilliseconds === null ? {} : { initDurationMs: Number(initMilliseconds.toFixed(3)) }),
  };
  const record = { requestId, metrics, status: outcome.status };
  return `${JSON.stringify({ time, type: 'platform.report', record })}\n`;
}

function usedMegabytes({ usedBytes }: Outcome): number {
  return Math.max(1, Math.ceil(usedBytes / MEGABYTE));
}
