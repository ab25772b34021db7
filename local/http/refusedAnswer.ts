import { randomUUID } from 'node:crypto';
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
};

/** A refusal in the words of the service that the caller meant: XML for S3, AWS JSON for the others. */
export function refusedAnswer(service: ServiceName, refusal: Refusal, request: HttpRequest): HttpResponse {
  if (service === 's3') return xmlAnswer(refusal, request);
  if (service === 'appsync') return graphqlAnswer(refusal);
  return {
    status: refusal.status,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-requestid': randomUUID(),
      'x-amzn-errortype': refusal.code,
    },
    body: JSON.stringify({ __type: refusal.code, message: refusal.message }),
  };
}

function xmlAnswer({ status, code, message }: Refusal, request: HttpRequest): HttpResponse {
  const requestId = randomUUID();
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${S3_CODES[code] ?? code}</Code><Message>${escaped(message)}</Message><RequestId>${requestId}</RequestId></Error>`;
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
    body: request.method === 'HEAD' ? '' : body,
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

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
