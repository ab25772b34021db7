import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { isNamed } from './awsFailure.ts';
import { clientConfig } from './clientConfig.ts';
import { environment } from './environment.ts';

export type StoredObject = { readonly value: unknown; readonly etag: string };
export type Page = { readonly keys: readonly string[]; readonly isLast: boolean };

const s3 = new S3Client({
  ...clientConfig(),
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
});
const at = (key: string) => ({ Bucket: environment('BUCKET_NAME'), Key: key });

export async function readObject(key: string): Promise<StoredObject | null> {
  try {
    const { Body, ETag = '' } = await s3.send(new GetObjectCommand(at(key)));
    return { value: JSON.parse((await Body?.transformToString()) ?? ''), etag: ETag };
  } catch (error) {
    if (isNamed(error, 'NoSuchKey')) return null;
    throw error;
  }
}

/** Answers the new ETag, or null when the object exists already. */
export const createObject = (key: string, value: unknown): Promise<string | null> =>
  putIf({ IfNoneMatch: '*' }, key, value);

/** Answers the new ETag, or null when the object is not the one that `etag` names any more. */
export const replaceObject = (key: string, value: unknown, etag: string): Promise<string | null> =>
  putIf({ IfMatch: etag }, key, value);

type Condition = { readonly IfNoneMatch: '*' } | { readonly IfMatch: string };

/** A 409 says that another write is under way: like after a 412, reading again tells who won. */
async function putIf(condition: Condition, key: string, value: unknown): Promise<string | null> {
  try {
    const content = { Body: JSON.stringify(value), ContentType: 'application/json' };
    const { ETag = '' } = await s3.send(new PutObjectCommand({ ...at(key), ...condition, ...content }));
    return ETag;
  } catch (error) {
    if (isNamed(error, 'PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey')) return null;
    throw error;
  }
}

export async function putMark(key: string): Promise<void> {
  // The length is given because the SDK takes an empty body for a stream of unknown length, and warns.
  await s3.send(new PutObjectCommand({ ...at(key), Body: '', ContentLength: 0 }));
}

export async function removeObject(key: string): Promise<void> {
  await s3.send(new DeleteObjectCommand(at(key)));
}

/** Keys in order; `after` is a key of the page before, or any text before the first key wanted. */
export async function listKeys(prefix: string, limit: number, after: string | null): Promise<Page> {
  const from = after === null ? {} : { StartAfter: after };
  const { Contents = [], IsTruncated = false } = await s3.send(
    new ListObjectsV2Command({ Bucket: at('').Bucket, Prefix: prefix, MaxKeys: limit, ...from }),
  );
  return { keys: Contents.map(({ Key = '' }) => Key), isLast: !IsTruncated };
}
