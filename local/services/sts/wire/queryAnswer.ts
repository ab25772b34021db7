import { randomUUID } from 'node:crypto';
import type { HttpResponse } from '../../../wire/httpMessage.ts';
import { element } from '../../../wire/xml.ts';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** The answer of AWS's query protocol to an operation: https://docs.aws.amazon.com/STS/latest/APIReference/ */
export function queryAnswer(operation: string, result: string): HttpResponse {
  const body = `<${operation}Result>${result}</${operation}Result>`;
  return xml(
    200,
    `${operation}Response`,
    (requestId) => `${body}<ResponseMetadata>${requestId}</ResponseMetadata>`,
  );
}

export function queryError(error: {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}): HttpResponse {
  const sender = element('Type', error.status < 500 ? 'Sender' : 'Receiver');
  const parts = sender + element('Code', error.type) + element('Message', error.message);
  return xml(error.status, 'ErrorResponse', (requestId) => `<Error>${parts}</Error>${requestId}`);
}

function xml(status: number, root: string, inside: (requestId: string) => string): HttpResponse {
  const id = randomUUID();
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': id },
    body: `<${root} xmlns="${NAMESPACE}">${inside(element('RequestId', id))}</${root}>`,
  };
}
