import { randomUUID } from 'node:crypto';
import type { HttpResponse } from './httpMessage.ts';

/** A refusal in AWS's words; each service extends it with its own names. */
export class AwsError extends Error {
  readonly type: string;
  readonly status: number;

  constructor(type: string, message: string, status: number) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

/** A refusal by a service that speaks AWS JSON. `queryCode` is the name that the older query protocol gave it. */
export class AwsJsonError extends AwsError {
  readonly namespace: string;
  readonly queryCode: string;

  constructor(
    type: string,
    message: string,
    names: { readonly namespace: string; readonly queryCode: string },
  ) {
    super(type, message, 400);
    this.namespace = names.namespace;
    this.queryCode = names.queryCode;
  }
}

export function jsonErrorAnswer(error: AwsJsonError): HttpResponse {
  return {
    status: error.status,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-requestid': randomUUID(),
      'x-amzn-query-error': `${error.queryCode};Sender`,
    },
    body: JSON.stringify({ __type: `${error.namespace}#${error.type}`, message: error.message }),
  };
}
