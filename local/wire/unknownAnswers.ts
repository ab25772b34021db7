import { randomUUID } from 'node:crypto';
import type { HttpResponse } from './httpMessage.ts';
import { jsonRefusal } from './awsJson.ts';
import type { RequestHead, Tenant } from './tenant.ts';
import { escapeXml } from './xml.ts';

/** The answer for an AWS service that is not here: a sentence with those that are, in the caller's protocol. */
export function unknownService(
  scope: string,
  tenants: readonly Tenant[],
  request: RequestHead,
): HttpResponse {
  const titles = tenants.map(({ title }) => title).toSorted();
  const message = `The local cloud does not answer this request for the service "${scope}": it has ${titles.join(', ')}.`;
  const refusal = { status: 400, code: 'UnknownServiceException', message };
  if (!/^application\/x-www-form-urlencoded\b/.test(request.headers['content-type'] ?? '')) {
    return jsonRefusal(refusal);
  }
  const requestId = randomUUID();
  const error = `<Error><Type>Sender</Type><Code>${refusal.code}</Code><Message>${escapeXml(message)}</Message></Error>`;
  return {
    status: refusal.status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: `<ErrorResponse>${error}<RequestId>${requestId}</RequestId></ErrorResponse>`,
  };
}

/** Whether a person typed the address into a browser. */
export function isFromBrowser({ method, headers }: RequestHead): boolean {
  return (method === 'GET' || method === 'HEAD') && /\btext\/html\b/.test(headers.accept ?? '');
}

/** A small page for an address that leads nowhere. */
export function unknownPage({ path }: RequestHead, hasPage: boolean): HttpResponse {
  const links = hasPage ? '<p><a href="/">Page</a> · <a href="/playground">Playground</a></p>' : '';
  return {
    status: 404,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
    body: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Not found</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:15vh auto;max-width:36rem;padding:0 1rem;color-scheme:light dark}</style>
<h1>Nothing is here</h1>
<p>This local cloud has no page at <code>${escapeXml(path.slice(0, 200))}</code>. The GraphQL API is at <code>/graphql</code>.</p>
${links}
</html>
`,
  };
}
