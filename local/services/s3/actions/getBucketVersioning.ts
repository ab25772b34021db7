import type { HttpResponse } from '../../../wire/httpMessage.ts';
import type { OnBucket } from '../bucket.ts';
import { xmlAnswer } from '../records/writeObject.ts';

export function getBucketVersioning({ bucket }: OnBucket): HttpResponse {
  return xmlAnswer('VersioningConfiguration', bucket.versioned ? '<Status>Enabled</Status>' : '');
}
