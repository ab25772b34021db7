import type { HttpRequest } from '../../../wire/httpMessage.ts';
import type { CallerHeaders } from '../execution/execution.ts';

/** The headers as AppSync shows them: one that was sent several times is a list of its values. */
export function callerHeaders({ headers, rawHeaders = [] }: HttpRequest): CallerHeaders {
  if (rawHeaders.length <= 2 * Object.keys(headers).length) return headers;
  const values = new Map<string, readonly string[]>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? '';
    values.set(name, [...(values.get(name) ?? []), rawHeaders[at + 1] ?? '']);
  }
  const repeated = [...values].filter(([, each]) => each.length > 1).map(([name, each]) => [name, [...each]]);
  return { ...headers, ...Object.fromEntries(repeated) };
}
