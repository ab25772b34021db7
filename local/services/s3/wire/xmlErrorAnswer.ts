import type { HttpResponse } from '../../../wire/httpMessage.ts';
import { escapeXml } from '../../../wire/xml.ts';
import type { S3Error } from '../errors.ts';

export function xmlErrorAnswer(error: S3Error, requestId: string): HttpResponse {
  const elements = {
    Code: error.type,
    Message: error.message,
    ...error.elements,
    RequestId: requestId,
    HostId: requestId,
  };
  const inner = Object.entries(elements).map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`);
  return {
    status: error.status,
    headers: { 'content-type': 'application/xml', ...error.headers },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner.join('')}</Error>`,
  };
}
