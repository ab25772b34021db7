import type { HttpResponse } from '../../../wire/httpMessage.ts';
import type { OnBucket } from '../bucket.ts';
import { headerNotImplemented } from '../errors.ts';
import { deleteKey } from '../records/deleteKey.ts';

const DIRECTORY_BUCKETS_ONLY = /^x-amz-if-match-/;

export function deleteObject(on: OnBucket): HttpResponse {
  const { request } = on;
  const refused = request.headerNames.find((name) => DIRECTORY_BUCKETS_ONLY.test(name));
  if (refused !== undefined) throw headerNotImplemented(refused);
  const deleted = deleteKey(on, {
    key: request.key,
    version: request.query.get('versionId'),
    ifMatch: request.header('if-match'),
  });
  return {
    status: 204,
    headers: {
      ...(deleted.marker ? { 'x-amz-delete-marker': 'true' } : {}),
      ...(deleted.versionId === null ? {} : { 'x-amz-version-id': deleted.versionId }),
    },
    body: '',
  };
}
