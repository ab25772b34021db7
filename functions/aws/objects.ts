import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { isNamed } from './awsFailure.ts';
import { type Bucket, clientOf, nameOf } from './buckets.ts';

export type Place = { readonly bucket: Bucket; readonly key: string };
export type StoredObject = { readonly value: unknown; readonly etag: string };
export type Listing = {
  readonly bucket: Bucket;
  readonly prefix: string;
  readonly limit: number;
  /** A key of the page before, or any text before the first key wanted. */
  readonly after: string | null;
};
export type Page = { readonly keys: readonly string[]; readonly isLast: boolean };

const at = ({ bucket, key }: Place) => ({ Bucket: nameOf(bucket), Key: key });

export async function readObject(place: Place): Promise<StoredObject | null> {
  try {
    const { Body, ETag = '' } = await clientOf(place.bucket).send(new GetObjectCommand(at(place)));
    return { value: JSON.parse((await Body?.transformToString()) ?? ''), etag: ETag };
  } catch (error) {
    if (isNamed(error, 'NoSuchKey')) return null;
    throw error;
  }
}

/** Answers the new ETag, or null when the object exists already. */
export const createObject = (place: Place, value: unknown): Promise<string | null> =>
  putIf({ IfNoneMatch: '*' }, place, value);

/** Answers the new ETag, or null when `etag` does not name the object as it is now. */
export const replaceObject = (place: Place, value: unknown, etag: string): Promise<string | null> =>
  putIf({ IfMatch: etag }, place, value);

type Condition = { readonly IfNoneMatch: '*' } | { readonly IfMatch: string };

/** A 409 says that another write is under way: like after a 412, reading again tells which one won. */
async function putIf(condition: Condition, place: Place, value: unknown): Promise<string | null> {
  try {
    const content = { Body: JSON.stringify(value), ContentType: 'application/json' };
    const command = new PutObjectCommand({ ...at(place), ...condition, ...content });
    const { ETag = '' } = await clientOf(place.bucket).send(command);
    return ETag;
  } catch (error) {
    if (isNamed(error, 'PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey')) return null;
    throw error;
  }
}

/** An empty object, of which only the name counts. */
export async function putMark(place: Place): Promise<void> {
  // The length is given because the SDK takes an empty body for a stream of unknown length, and warns.
  await clientOf(place.bucket).send(new PutObjectCommand({ ...at(place), Body: '', ContentLength: 0 }));
}

export async function removeObject(place: Place): Promise<void> {
  await clientOf(place.bucket).send(new DeleteObjectCommand(at(place)));
}

/** Keys in order. */
export async function listKeys({ bucket, prefix, limit, after }: Listing): Promise<Page> {
  const from = after === null ? {} : { StartAfter: after };
  const { Contents = [], IsTruncated = false } = await clientOf(bucket).send(
    new ListObjectsV2Command({ Bucket: nameOf(bucket), Prefix: prefix, MaxKeys: limit, ...from }),
  );
  return { keys: Contents.map(({ Key = '' }) => Key), isLast: !IsTruncated };
}
