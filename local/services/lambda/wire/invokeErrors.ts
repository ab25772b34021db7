import { AwsError } from '../../../wire/awsErrors.ts';

/** A refusal of the Invoke action. `memberName` is the body's member for the message: AWS has two spellings. */
export class InvokeError extends AwsError {
  readonly memberName: 'message' | 'Message';

  constructor(
    type: string,
    message: string,
    { status, memberName = 'message' }: { status: number; memberName?: 'message' | 'Message' },
  ) {
    super(type, message, status);
    this.memberName = memberName;
  }
}

export function functionNotFound(arn: string): InvokeError {
  return new InvokeError('ResourceNotFoundException', `Function not found: ${arn}`, {
    status: 404,
    memberName: 'Message',
  });
}

export function invalidValue(value: string, at: string, constraint: string): InvokeError {
  const message = `1 validation error detected: Value '${value}' at '${at}' failed to satisfy constraint: ${constraint}`;
  return new InvokeError('ValidationException', message, { status: 400 });
}

export function invalidContent(reason: string): InvokeError {
  const message = `Could not parse request body into json: ${reason}`;
  return new InvokeError('InvalidRequestContentException', message, { status: 400 });
}

export function tooLarge(message: string): InvokeError {
  return new InvokeError('RequestEntityTooLargeException', message, { status: 413 });
}

export function unknownOperation(operation: string): InvokeError {
  const message = `The local cloud does not support ${operation}; of Lambda's actions it has Invoke.`;
  return new InvokeError('UnknownOperationException', message, { status: 404 });
}
