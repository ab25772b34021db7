import { REGION } from '../../../ground/account.ts';
import type { HttpResponse } from '../../../wire/httpMessage.ts';

export function headBucket(): HttpResponse {
  return {
    status: 200,
    headers: { 'x-amz-bucket-region': REGION, 'content-type': 'application/xml' },
    body: '',
  };
}
