import type { Bucket } from '../aws/buckets.ts';
import { listKeys } from '../aws/objects.ts';

/** Names in a list, without its folder; `next` is the name after which the next page begins, null on the last page. */
export type NamePage = { readonly names: readonly string[]; readonly next: string | null };

/** A list of names, such as the one of the orders that wait: its folder is an area of a bucket. */
export type NameList = { readonly bucket: Bucket; readonly folder: string };

/** `after` is a name of the page before. */
export async function listNames(
  { bucket, folder }: NameList,
  limit: number,
  after: string | null,
): Promise<NamePage> {
  const { keys, isLast } = await listKeys({
    bucket,
    prefix: folder,
    limit,
    after: after === null ? null : `${folder}${after}`,
  });
  const names = keys.map((key) => key.slice(folder.length));
  return { names, next: isLast ? null : (names.at(-1) ?? null) };
}
