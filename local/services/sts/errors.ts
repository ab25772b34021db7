import { AwsError } from '../../wire/awsErrors.ts';

/** A refusal by STS, with the codes, sentences and statuses that STS answers. */
export class StsError extends AwsError {}

export function accessDenied(caller: string, roleArn: string): StsError {
  return new StsError(
    'AccessDenied',
    `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    403,
  );
}

export function validationError(message: string): StsError {
  return new StsError('ValidationError', message, 400);
}

/** A member of a request that does not satisfy its constraint. */
export function badMember(name: string, value: string | null, constraint: string): StsError {
  const given = value === null ? 'null' : `'${value}'`;
  return validationError(
    `1 validation error detected: Value ${given} at '${name}' failed to satisfy constraint: ${constraint}`,
  );
}

/** What AWS does, and the local cloud does not. */
export function unsupported(what: string): StsError {
  return new StsError('NotImplemented', `${what} is not supported by the local cloud.`, 501);
}
