import { randomUUID } from 'node:crypto';
import type { HttpRequest, HttpResponse } from '../../../wire/httpMessage.ts';
import { element } from '../../../wire/xml.ts';

/** SDKs of before 2023 send forms to SQS and read XML. */
export function isQueryProtocol({ headers }: HttpRequest): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(String(headers['content-type'] ?? ''));
}

export function queryRefusal({ body }: HttpRequest): HttpResponse {
  const action = new URLSearchParams(body.toString('utf8')).get('Action') ?? 'the request';
  const message = `The local cloud speaks the AWS JSON protocol of SQS, and not the query protocol that ${action.slice(0, 80)} came in: use a newer SDK.`;
  const error = [
    element('Type', 'Sender'),
    element('Code', 'AWS.SimpleQueueService.UnsupportedOperation'),
    element('Message', message),
  ];
  const requestId = randomUUID();
  return {
    status: 400,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: `<?xml version="1.0"?>\n<ErrorResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><Error>${error.join('')}</Error>${element('RequestId', requestId)}</ErrorResponse>`,
  };
}
