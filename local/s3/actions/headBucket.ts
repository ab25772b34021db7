import { REGION } from '../../account.ts';
import type { HttpResponse } from '../../http/httpMessage.ts';

export function headBucket(): HttpResponse {
  return {
    status: 200,
    headers: { 'x-amz-bucket-region': REGION, 'content-type': 'application/xml' },
    body: '',
  };
}
