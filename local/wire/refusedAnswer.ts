import { randomUUID } from 'node:crypto';
import { S3Error, xmlErrorAnswer } from './awsErrors.ts';
import type { HttpRequest, HttpResponse } from './httpMessage.ts';
import type { ServiceName } from './serviceOf.ts';

export type Refusal = { readonly status: number; readonly code: string; readonly message: string };

/** S3's names where they differ from the other services' names for the same refusal. */
const S3_CODES: Readonly<Record<string, string>> = {
  MissingAuthenticationToken: 'AccessDenied',
  UnrecognizedClientException: 'InvalidAccessKeyId',
  IncompleteSignature: 'AuthorizationHeaderMalformed',
  ThrottlingException: 'SlowDown',
  InternalServerException: 'InternalError',
  InternalFailure: 'InternalError',
  RequestEntityTooLargeException: 'EntityTooLarge',
};
/** S3 answers 400 to what is wrong with a request itself. */
const S3_BAD_REQUESTS = new Set([
  'IncompleteSignature',
  'XAmzContentSHA256Mismatch',
  'RequestEntityTooLargeException',
]);
/** The other services' names, where the verifier has S3's or a common one. */
const JSON_CODES: Readonly<Record<string, string>> = {
  MissingAuthenticationToken: 'MissingAuthenticationTokenException',
  IncompleteSignature: 'IncompleteSignatureException',
  SignatureDoesNotMatch: 'InvalidSignatureException',
  RequestTimeTooSkewed: 'InvalidSignatureException',
  AccessDenied: 'AccessDeniedException',
};

/** A refusal in the words of the service that the caller meant: XML for S3, AWS JSON for the others. */
export function refusedAnswer(service: ServiceName, refusal: Refusal, request: HttpRequest): HttpResponse {
  if (service === 's3') return s3Refusal(refusal, request.method);
  if (service === 'appsync') return graphqlAnswer(refusal);
  const code = JSON_CODES[refusal.code] ?? refusal.code;
  return {
    status: refusal.status,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-requestid': randomUUID(),
      'x-amzn-errortype': code,
    },
    body: JSON.stringify({ __type: code, message: refusal.message }),
  };
}

export function s3Refusal({ status, code, message }: Refusal, method = 'GET'): HttpResponse {
  const more = { status: S3_BAD_REQUESTS.has(code) ? 400 : status };
  const sentence = code === 'MissingAuthenticationToken' ? 'Access Denied' : message;
  const requestId = randomUUID();
  const answer = xmlErrorAnswer(new S3Error(S3_CODES[code] ?? code, sentence, more), requestId);
  return {
    ...answer,
    headers: { ...answer.headers, 'x-amz-request-id': requestId },
    body: method === 'HEAD' ? '' : answer.body,
  };
}

function graphqlAnswer({ status, code, message }: Refusal): HttpResponse {
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': randomUUID(),
      'x-amzn-errortype': code,
    },
    body: JSON.stringify({ errors: [{ errorType: code, message }] }),
  };
}
