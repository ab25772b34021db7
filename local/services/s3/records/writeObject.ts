import type { HttpResponse } from '../../../wire/httpMessage.ts';
import type { OnBucket } from '../bucket.ts';
import { expirationHeader } from '../lifecycle/lifecycle.ts';
import { notifyCreated } from '../notify.ts';
import type { ObjectSummary } from './objectRow.ts';
import type { Content } from './objects.ts';
import { versionId } from './revision.ts';
import { checkWrite } from '../wire/preconditions.ts';

/** Creates or replaces the object, if the request's conditions hold, and tells the bus: one transaction. */
export function writeObject(
  { context, bucket, request }: OnBucket,
  content: Content,
  reason: 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload',
): ObjectSummary {
  return context.store.transact(() => {
    const current = context.objects.find(bucket.id, request.key);
    checkWrite(request, current);
    const object = context.objects.put(bucket, request.key, { ...content, current });
    notifyCreated(context, bucket, { object, by: request, reason });
    return object;
  });
}

/** What an answer says of an object that was written: its version, and when it expires. */
export function writtenObjectHeaders(on: OnBucket, object: ObjectSummary): Record<string, string> {
  return { ...versionHeader(on, object), ...expirationHeader(on.bucket, object) };
}

/** The version header of an answer, on versioned buckets. */
export function versionHeader(
  { bucket, request }: Pick<OnBucket, 'bucket' | 'request'>,
  { revision }: { readonly revision: number },
): Record<string, string> {
  return bucket.versioned ? { 'x-amz-version-id': versionId(bucket.name, request.key, revision) } : {};
}

export function xmlAnswer(root: string, inner: string, headers: Record<string, string> = {}): HttpResponse {
  const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', ...headers },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">${inner}</${root}>`,
  };
}
