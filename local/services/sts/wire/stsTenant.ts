import { MAX_REQUEST_BYTES } from '../../../wire/awsJson.ts';
import type { HttpHandler } from '../../../wire/httpMessage.ts';
import type { Tenant } from '../../../wire/tenant.ts';
import { STS_OPERATIONS } from '../operations.ts';
import { queryError } from './queryAnswer.ts';

/** The query protocol's names where they differ from the common ones. */
const CODES: Readonly<Record<string, string>> = {
  UnrecognizedClientException: 'InvalidClientTokenId',
  RequestTimeTooSkewed: 'SignatureDoesNotMatch',
  ExpiredTokenException: 'ExpiredToken',
  ThrottlingException: 'Throttling',
  InternalServerException: 'InternalFailure',
};

/** STS speaks the query protocol: the operation is in the form that is the body. */
export function stsTenant(handle: HttpHandler): Tenant {
  return {
    name: 'sts',
    title: 'STS',
    recognises: (_request, scope) => scope === 'sts',
    needsSignature: true,
    maxBodyBytes: () => MAX_REQUEST_BYTES,
    operations: Object.keys(STS_OPERATIONS),
    operationOf: ({ body }) => new URLSearchParams(body.toString('utf8')).get('Action') ?? 'unknown',
    refuse: ({ status, code, message }) => queryError({ status, type: CODES[code] ?? code, message }),
    handle,
  };
}
