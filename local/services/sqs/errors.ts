import { AwsJsonError } from '../../wire/awsErrors.ts';

const NAMESPACE = 'com.amazonaws.sqs';

/** A refusal by SQS. The query protocol's code is the same name, unless SQS had another for it. */
export class SqsError extends AwsJsonError {
  constructor(type: string, message: string, queryCode = type) {
    super(type, message, { namespace: NAMESPACE, queryCode });
  }
}

export class QueueDoesNotExist extends SqsError {
  constructor() {
    super(
      'QueueDoesNotExist',
      'The specified queue does not exist.',
      'AWS.SimpleQueueService.NonExistentQueue',
    );
  }
}

export function missingParameter(name: string): SqsError {
  return new SqsError('MissingParameter', `The request must contain the parameter ${name}.`);
}

export function invalidParameter(message: string): SqsError {
  return new SqsError('InvalidParameterValue', message);
}

export function resourceNotFound(message: string): SqsError {
  return new SqsError('ResourceNotFoundException', message);
}

export function invalidReceiptHandle(handle: string): SqsError {
  return new SqsError(
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${handle}" is not a valid receipt handle.`,
  );
}

export function unsupportedOperation(message: string): SqsError {
  return new SqsError('UnsupportedOperation', message, 'AWS.SimpleQueueService.UnsupportedOperation');
}
