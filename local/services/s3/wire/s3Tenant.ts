import { randomUUID } from 'node:crypto';
import type { HttpHandler, HttpRequest, HttpResponse } from '../../../wire/httpMessage.ts';
import { MAX_REQUEST_BYTES } from '../../../wire/awsJson.ts';
import type { Refusal, RequestHead, Tenant } from '../../../wire/tenant.ts';
import { S3Error } from '../errors.ts';
import { operationOf, S3_OPERATIONS } from '../operations.ts';
import { parseS3Request } from './s3Request.ts';
import { xmlErrorAnswer } from './xmlErrorAnswer.ts';

/** An object is held in memory on its way; AWS takes 5 GiB in one PutObject. */
const MAX_OBJECT_BYTES = 64 * 1_048_576;
/** S3's names where they differ from the other services' names for the same refusal. */
const CODES: Readonly<Record<string, string>> = {
  MissingAuthenticationToken: 'AccessDenied',
  UnrecognizedClientException: 'InvalidAccessKeyId',
  ExpiredTokenException: 'ExpiredToken',
  IncompleteSignature: 'AuthorizationHeaderMalformed',
  ThrottlingException: 'SlowDown',
  InternalServerException: 'InternalError',
  InternalFailure: 'InternalError',
  RequestEntityTooLargeException: 'EntityTooLarge',
};
/** S3 answers 400 to what is wrong with a request itself. */
const BAD_REQUESTS = new Set([
  'ExpiredTokenException',
  'IncompleteSignature',
  'XAmzContentSHA256Mismatch',
  'RequestEntityTooLargeException',
]);
const SLOW_DOWN_STATUS = 503;

/** S3 owns every path that no other service knows: buckets are paths. */
export function s3Tenant(handle: HttpHandler): Tenant {
  return {
    name: 's3',
    title: 'S3',
    recognises: (request, scope) => scope === null || scope.startsWith('s3') || hasOlderSignature(request),
    needsSignature: true,
    maxBodyBytes: (request) => (isSigned(request) ? MAX_OBJECT_BYTES : MAX_REQUEST_BYTES),
    operations: ['ListBuckets', ...Object.keys(S3_OPERATIONS)],
    operationOf: operationName,
    refuse: s3Refusal,
    refuseEarly: (request) => (isFormUpload(request) ? s3Refusal(NO_FORMS, request) : null),
    handle,
  };
}

/** Of version 2, which only S3 knows. */
export function hasOlderSignature({ headers, query }: RequestHead): boolean {
  return /^AWS [^:]+:/.test(headers.authorization ?? '') || /(?:^|&)AWSAccessKeyId=/.test(query);
}

function isSigned(request: RequestHead): boolean {
  const { headers, query } = request;
  return (
    headers.authorization !== undefined || query.includes('X-Amz-Signature=') || hasOlderSignature(request)
  );
}

const NO_ONE = { arn: '', principalArn: '', userId: '' };

function operationName(request: HttpRequest): string {
  try {
    const parsed = parseS3Request(request, { id: '', caller: NO_ONE });
    return parsed.bucket === '' ? 'ListBuckets' : operationOf(parsed);
  } catch {
    return 'unknown'; // the service says what is wrong with it
  }
}

function s3Refusal({ status, code, message }: Refusal, { method }: RequestHead): HttpResponse {
  const more = { status: statusOf(code, status) };
  const sentence = code === 'MissingAuthenticationToken' ? 'Access Denied' : message;
  const requestId = randomUUID();
  const answer = xmlErrorAnswer(new S3Error(CODES[code] ?? code, sentence, more), requestId);
  return {
    ...answer,
    headers: { ...answer.headers, 'x-amz-request-id': requestId },
    body: method === 'HEAD' ? '' : answer.body,
  };
}

function statusOf(code: string, status: number): number {
  if (code === 'ThrottlingException') return SLOW_DOWN_STATUS;
  return BAD_REQUESTS.has(code) ? 400 : status;
}

/** A browser's form carries its signature in its fields, which are not read here. */
function isFormUpload({ method, headers }: RequestHead): boolean {
  const type = headers['content-type'] ?? '';
  return method === 'POST' && headers.authorization === undefined && /^multipart\/form-data\b/i.test(type);
}

const NO_FORMS = {
  status: 501,
  code: 'NotImplemented',
  message:
    'PostObject, the upload from an HTML form with a policy, is not supported by the local cloud: use PutObject or a presigned URL.',
};
