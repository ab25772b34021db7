import { timingSafeEqual } from 'node:crypto';
import type { HttpRequest } from '../wire/httpMessage.ts';
import type { VerifySignature } from '../wire/signature/signature.ts';

/** Whether a request to `/_local/…` carries an API key of the cloud or an administrator's signature. */
export function mayControl(
  request: HttpRequest,
  apiKeys: readonly string[],
  verify: VerifySignature,
): boolean {
  const given = request.headers['x-api-key'];
  if (typeof given === 'string') return apiKeys.some((key) => sameText(key, given));
  return request.headers.authorization !== undefined && verify(request).ok;
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
