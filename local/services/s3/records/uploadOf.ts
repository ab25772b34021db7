import type { OnBucket } from '../bucket.ts';
import type { Upload } from './uploads.ts';
import { S3Error } from '../errors.ts';

/** The upload that a request means; it must be of the same key. */
export function uploadOf({ context, bucket, request }: OnBucket): Upload {
  const id = request.query.get('uploadId') ?? '';
  const upload = context.uploads.find(id);
  if (upload !== null && upload.bucket === bucket.id && upload.key === request.key) return upload;
  throw new S3Error(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { status: 404, elements: { UploadId: id } },
  );
}
