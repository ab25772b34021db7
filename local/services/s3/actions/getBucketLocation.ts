import { REGION } from '../../../ground/account.ts';
import type { HttpResponse } from '../../../wire/httpMessage.ts';
import { escapeXml } from '../../../wire/xml.ts';
import { xmlAnswer } from '../records/writeObject.ts';

/** The first region of AWS has no name here. */
export function getBucketLocation(): HttpResponse {
  return xmlAnswer('LocationConstraint', escapeXml(REGION === 'us-east-1' ? '' : REGION));
}
