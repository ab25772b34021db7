import { randomUUID } from 'node:crypto';
import type { HttpResponse } from '../../../wire/httpMessage.ts';
import type { Refusal } from '../access/authenticate.ts';

const JSON_TYPE = 'application/json;charset=UTF-8';

export function okAnswer(
  body: string,
  headers: Readonly<Record<string, string>>,
  requestId: string = randomUUID(),
): HttpResponse {
  return {
    status: 200,
    headers: { ...headers, 'content-type': JSON_TYPE, 'x-amzn-requestid': requestId },
    body,
  };
}

/** Without `x-amzn-errortype` Amplify knows no better than "Unknown error". */
export function refusalAnswer({ status, errorType, message }: Refusal): HttpResponse {
  return {
    status,
    headers: {
      'content-type': JSON_TYPE,
      'x-amzn-requestid': randomUUID(),
      'x-amzn-errortype': errorType,
      ...(status === 405 ? { allow: 'GET, POST, OPTIONS' } : {}),
    },
    body: JSON.stringify({ errors: [{ errorType, message }] }),
  };
}
