import { Unsupported } from '../../../ground/refusal.ts';
import type { Sqs } from '../../sqs/sqs.ts';
import type { EventSourceMapping } from './eventSources.ts';

const MAX_BATCH_SIZE = 10_000;
/** Of a mapping without a window. */
const MAX_BATCH_SIZE_AT_ONCE = 10;
const MAX_WINDOW_SECONDS = 300;
const MIN_CONCURRENCY = 2;
const MAX_CONCURRENCY = 1000;

type Known = {
  readonly timeoutOf: (functionArn: string) => number | null;
  readonly sqs: Pick<Sqs, 'find'>;
};

/** Throws Unsupported, in Lambda's words where it has some, for a mapping that Lambda would refuse. */
export function checkMapping(mapping: EventSourceMapping, known: Known): void {
  const reason = refusalOf(mapping) ?? refusalByOthers(mapping, known);
  if (reason !== null) throw new Unsupported(reason);
}

function refusalOf(mapping: EventSourceMapping): string | null {
  const { batchSize, batchingWindowSeconds: window, maximumConcurrency } = mapping;
  if (!isBetween(batchSize, 1, MAX_BATCH_SIZE)) {
    return `BatchSize must be between 1 and ${MAX_BATCH_SIZE}; got ${batchSize}.`;
  }
  if (!isBetween(window, 0, MAX_WINDOW_SECONDS)) {
    return `MaximumBatchingWindowInSeconds must be between 0 and ${MAX_WINDOW_SECONDS}; got ${window}.`;
  }
  if (batchSize > MAX_BATCH_SIZE_AT_ONCE && window === 0) {
    return `Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than ${MAX_BATCH_SIZE_AT_ONCE}; got a BatchSize of ${batchSize}.`;
  }
  if (isBetween(maximumConcurrency, MIN_CONCURRENCY, MAX_CONCURRENCY)) return null;
  return `ScalingConfig.MaximumConcurrency must be between ${MIN_CONCURRENCY} and ${MAX_CONCURRENCY}; got ${maximumConcurrency}.`;
}

function refusalByOthers(
  { queueArn, functionArn }: EventSourceMapping,
  { timeoutOf, sqs }: Known,
): string | null {
  const timeoutSeconds = timeoutOf(functionArn);
  const queue = sqs.find(queueArn);
  if (timeoutSeconds === null) return `Function not found: ${functionArn}`;
  if (queue === null) return `The event source ${queueArn} is not a queue of the template.`;
  if (queue.visibilityTimeoutSeconds >= timeoutSeconds) return null;
  return `Queue visibility timeout: ${queue.visibilityTimeoutSeconds} seconds is less than Function timeout: ${timeoutSeconds} seconds.`;
}

function isBetween(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
