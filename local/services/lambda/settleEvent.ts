import { parseJsonObject } from '../../ground/json.ts';
import type { Clock } from '../../ground/clock/clock.ts';
import type { Sqs } from '../sqs/sqs.ts';
import type { Settled } from './createAsyncQueue.ts';
import type { AsyncInvokeConfig } from './lambda.ts';

export type SettleOptions = {
  readonly clock: Clock;
  readonly sqs: Pick<Sqs, 'send'>;
  readonly functionArn: string;
  /** Where the template sends what came of an event; null: nowhere. */
  readonly destinations: Pick<AsyncInvokeConfig, 'onSuccess' | 'onFailure'>;
  readonly deadLetterQueueArn: string | null;
  readonly invokeLater: (functionArn: string, payload: string) => void;
};

const MAX_ERROR_MESSAGE_CHARACTERS = 1024;

/** Tells the destination how an event ended, and the dead-letter queue of one that failed for good. */
export function settleEvent(settled: Settled, options: SettleOptions): void {
  const { sqs, destinations, deadLetterQueueArn } = options;
  const isSuccess = settled.condition === 'Success';
  const destination = isSuccess ? destinations.onSuccess : destinations.onFailure;
  if (destination !== null) {
    const record = JSON.stringify(destinationRecord(settled, options));
    if (destination.split(':')[2] === 'lambda') options.invokeLater(destination, record);
    else sqs.send(destination, record);
  }
  if (deadLetterQueueArn !== null && !isSuccess) {
    sqs.send(deadLetterQueueArn, settled.event.payload, {
      RequestID: settled.event.requestId,
      ErrorCode: 200,
      ErrorMessage: errorMessageOf(settled.invocation.payload).slice(0, MAX_ERROR_MESSAGE_CHARACTERS),
    });
  }
}

function destinationRecord(
  { event, invocation, condition }: Settled,
  { clock, functionArn }: SettleOptions,
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
      ...(invocation.functionError === null ? {} : { functionError: invocation.functionError }),
    },
    responsePayload: JSON.parse(invocation.payload),
  };
}

function errorMessageOf(payload: string): string {
  return String(parseJsonObject(payload)?.['errorMessage'] ?? '');
}
