import { REGION } from '../../account.ts';
import type { HttpResponse } from '../../http/httpMessage.ts';
import { escapeXml } from '../../http/xml.ts';
import { xmlAnswer } from '../writeObject.ts';

/** The first region of AWS has no name here. */
export function getBucketLocation(): HttpResponse {
  return xmlAnswer('LocationConstraint', escapeXml(REGION === 'us-east-1' ? '' : REGION));
}
