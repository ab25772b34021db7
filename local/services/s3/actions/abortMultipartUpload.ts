import type { HttpResponse } from '../../../wire/httpMessage.ts';
import type { OnBucket } from '../bucket.ts';
import { uploadOf } from '../records/uploadOf.ts';

export function abortMultipartUpload(on: OnBucket): HttpResponse {
  const { id } = uploadOf(on);
  on.context.store.transact(() => on.context.uploads.remove(id));
  return { status: 204, headers: {}, body: '' };
}
