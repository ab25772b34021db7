import type { Clock } from '../clock/clock.ts';
import type { Sqs } from '../sqs/sqs.ts';
import type { GivenUp } from './createAsyncQueue.ts';

export type GiveUpOptions = {
  readonly clock: Clock;
  readonly sqs: Sqs;
  readonly functionArn: string;
  /** Where the template sends events that failed for good; null: nowhere. */
  readonly onFailure: string | null;
  readonly deadLetterQueueArn: string | null;
  readonly invokeLater: (functionArn: string, payload: string) => void;
};

const LONGEST_ERROR_MESSAGE = 1024;

/** Sends an event that failed for good to its destination and to its dead-letter queue. */
export function giveUpEvent(givenUp: GivenUp, options: GiveUpOptions): void {
  const { sqs, onFailure, deadLetterQueueArn } = options;
  if (onFailure !== null) {
    const record = JSON.stringify(destinationRecord(givenUp, options));
    if (onFailure.split(':')[2] === 'lambda') options.invokeLater(onFailure, record);
    else sqs.send(onFailure, record);
  }
  if (deadLetterQueueArn !== null) {
    sqs.send(deadLetterQueueArn, givenUp.event.payload, {
      RequestID: givenUp.event.requestId,
      ErrorCode: '200',
      ErrorMessage: errorMessageOf(givenUp.invocation.payload).slice(0, LONGEST_ERROR_MESSAGE),
    });
  }
}

function destinationRecord(
  { event, invocation, condition }: GivenUp,
  { clock, functionArn }: GiveUpOptions,
): unknown {
  return {
    version: '1.0',
    timestamp: new Date(clock.now()).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: `${functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: event.attempts,
    },
    requestPayload: JSON.parse(event.payload),
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: invocation.functionError,
    },
    responsePayload: JSON.parse(invocation.payload),
  };
}

function errorMessageOf(payload: string): string {
  const document: unknown = JSON.parse(payload);
  const isObject = typeof document === 'object' && document !== null;
  return isObject && 'errorMessage' in document ? String(document.errorMessage) : '';
}
