import { AwsError } from '../../wire/awsErrors.ts';

/** A refusal by S3. `elements` stand in the body beside code and message. */
export class S3Error extends AwsError {
  readonly elements: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    type: string,
    message: string,
    more: {
      readonly status: number;
      readonly elements?: Readonly<Record<string, string>>;
      readonly headers?: Readonly<Record<string, string>>;
    },
  ) {
    super(type, message, more.status);
    this.elements = more.elements ?? {};
    this.headers = more.headers ?? {};
  }
}
/** S3's refusals, with the codes, sentences and statuses that S3 answers. */
export function noSuchBucket(bucket: string): S3Error {
  return new S3Error('NoSuchBucket', 'The specified bucket does not exist', {
    status: 404,
    elements: { BucketName: bucket },
  });
}

export function noSuchKey(key: string, headers: Readonly<Record<string, string>> = {}): S3Error {
  return new S3Error('NoSuchKey', 'The specified key does not exist.', {
    status: 404,
    elements: { Key: key },
    headers,
  });
}

export function methodNotAllowed(
  method: string,
  resource: 'BUCKET' | 'OBJECT' | 'DeleteMarker',
  headers: Readonly<Record<string, string>> = {},
): S3Error {
  return new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
    status: 405,
    elements: { Method: method, ResourceType: resource },
    headers,
  });
}

/** A delete marker is a version that cannot be read. */
export function deleteMarkerRead(method: string, headers: Readonly<Record<string, string>>): S3Error {
  const allHeaders = { allow: 'DELETE', 'x-amz-delete-marker': 'true', ...headers };
  return methodNotAllowed(method, 'DeleteMarker', allHeaders);
}

export function noSuchVersion(key: string, versionId: string): S3Error {
  return new S3Error('NoSuchVersion', 'The specified version does not exist.', {
    status: 404,
    elements: { Key: key, VersionId: versionId },
  });
}

export function preconditionFailed(condition: string): S3Error {
  return new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    status: 412,
    elements: { Condition: condition },
  });
}

export function accessDenied(message = 'Access Denied'): S3Error {
  return new S3Error('AccessDenied', message, { status: 403 });
}

export function invalidArgument(message: string, name: string, value: string): S3Error {
  return new S3Error('InvalidArgument', message, {
    status: 400,
    elements: { ArgumentName: name, ArgumentValue: value },
  });
}

export function invalidRequest(message: string): S3Error {
  return new S3Error('InvalidRequest', message, { status: 400 });
}

export function badDigest(what: string): S3Error {
  return new S3Error('BadDigest', what, { status: 400 });
}

/** A header that asks for something that S3 itself, or the local cloud, does not do. */
export function headerNotImplemented(header: string): S3Error {
  return new S3Error(
    'NotImplemented',
    'A header you provided implies functionality that is not implemented',
    {
      status: 501,
      elements: { Header: header },
    },
  );
}

export function notImplemented(what: string): S3Error {
  return new S3Error('NotImplemented', `${what} is not supported by the local cloud.`, { status: 501 });
}
