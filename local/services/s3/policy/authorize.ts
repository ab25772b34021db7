import { ACCOUNT_ID } from '../../../ground/account.ts';
import type { OnBucket } from '../bucket.ts';
import { accessDenied } from '../errors.ts';
import type { S3Request } from '../wire/s3Request.ts';

/** Throws AccessDenied when the bucket's policy denies the action on what the request names. */
export function authorize({ bucket, request }: OnBucket, action: string): void {
  const resource = `arn:aws:s3:::${bucket.name}${request.key === '' ? '' : `/${request.key}`}`;
  if (!bucket.forbids({ action, resource }, request)) return;
  throw accessDenied(
    `User: ${request.caller.arn} is not authorized to perform: ${action} on resource: "${resource}" with an explicit deny in a resource-based policy`,
  );
}

/** A caller may name the account that it believes to own a bucket. */
export function checkOwner({ header }: S3Request, name: string): void {
  const owner = header(name);
  if (owner !== '' && owner !== ACCOUNT_ID) throw accessDenied();
}
