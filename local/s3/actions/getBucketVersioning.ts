import type { HttpResponse } from '../../http/httpMessage.ts';
import type { OnBucket } from '../bucket.ts';
import { xmlAnswer } from '../writeObject.ts';

export function getBucketVersioning({ bucket }: OnBucket): HttpResponse {
  return xmlAnswer('VersioningConfiguration', bucket.versioned ? '<Status>Enabled</Status>' : '');
}
