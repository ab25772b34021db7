import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ObjectIdentifier,
  type S3Client,
} from '@aws-sdk/client-s3';

export type OtherVersions = {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly key: string;
  /** The version that stays; null: none. */
  readonly keep: string | null;
};

const MAX_DELETED_AT_ONCE = 1_000;

/** Deletes every version of one object but one, and its delete markers. Answers how many there were. */
export async function deleteOtherVersions(where: OtherVersions): Promise<number> {
  const { s3, bucket, keep } = where;
  const others = (await listVersions(where)).filter(({ VersionId }) => VersionId !== keep);
  for (let from = 0; from < others.length; from += MAX_DELETED_AT_ONCE) {
    const Objects = others.slice(from, from + MAX_DELETED_AT_ONCE);
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    const [first] = Errors;
    if (first !== undefined)
      throw new Error(`A version of ${first.Key} could not be deleted: ${first.Code} ${first.Message}`);
  }
  return others.length;
}

async function listVersions({ s3, bucket, key }: OtherVersions): Promise<ObjectIdentifier[]> {
  const found: ObjectIdentifier[] = [];
  let marker: { readonly KeyMarker?: string; readonly VersionIdMarker?: string } | null = {};
  while (marker !== null) {
    const page: Page = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, ...marker }),
    );
    for (const { Key, VersionId } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])])
      if (Key === key) found.push({ Key, VersionId });
    const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
    // Keys that only begin with this one come after all of its versions.
    marker = KeyMarker === key && VersionIdMarker !== undefined ? { KeyMarker, VersionIdMarker } : null;
  }
  return found;
}

type Listed = { readonly Key?: string | undefined; readonly VersionId?: string | undefined };
type Page = {
  readonly Versions?: readonly Listed[] | undefined;
  readonly DeleteMarkers?: readonly Listed[] | undefined;
  readonly NextKeyMarker?: string | undefined;
  readonly NextVersionIdMarker?: string | undefined;
};
