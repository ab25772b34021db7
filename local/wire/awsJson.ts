import { randomUUID } from 'node:crypto';
import type { HttpHandler, HttpResponse } from './httpMessage.ts';
import type { Refusal, RequestHead, Tenant } from './tenant.ts';

/** Room for Lambda's 6 MB and for the headers around them. */
export const MAX_REQUEST_BYTES = 7 * 1_048_576;

/** The names of AWS JSON, where the verifier of signatures has S3's or a common one. */
const CODES: Readonly<Record<string, string>> = {
  MissingAuthenticationToken: 'MissingAuthenticationTokenException',
  IncompleteSignature: 'IncompleteSignatureException',
  SignatureDoesNotMatch: 'InvalidSignatureException',
  RequestTimeTooSkewed: 'InvalidSignatureException',
  AccessDenied: 'AccessDeniedException',
};

export type AwsJsonService = {
  readonly name: string;
  readonly title: string;
  /** The service's name in signatures. */
  readonly scope: string;
  /** What precedes the operation in the header x-amz-target, such as `AWSStepFunctions`. */
  readonly target: string;
  readonly operations: readonly string[];
  readonly handle: HttpHandler;
};

/** A service that speaks AWS JSON: the operation is in the header x-amz-target. */
export function awsJsonTenant({ scope: ownScope, target, ...service }: AwsJsonService): Tenant {
  const isTarget = ({ headers }: RequestHead) =>
    String(headers['x-amz-target'] ?? '').startsWith(`${target}.`);
  return {
    ...service,
    recognises: (request, scope) => scope === ownScope || (scope === null && isTarget(request)),
    needsSignature: true,
    maxBodyBytes: () => MAX_REQUEST_BYTES,
    operationOf: ({ headers }) => String(headers['x-amz-target'] ?? '').split('.')[1] ?? 'unknown',
    refuse: jsonRefusal,
  };
}

export function jsonRefusal({ status, code, message }: Refusal): HttpResponse {
  const type = CODES[code] ?? code;
  return {
    status,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-requestid': randomUUID(),
      'x-amzn-errortype': type,
    },
    body: JSON.stringify({ __type: type, message }),
  };
}
