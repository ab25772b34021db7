import type { HttpResponse } from './httpMessage.ts';

/** What the cloud answers for itself, as under `/_local/`. */
export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
