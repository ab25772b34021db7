import { ACCOUNT_ID } from '../../../ground/account.ts';
import { element } from '../../../wire/xml.ts';
import type { ObjectSummary } from '../records/objectRow.ts';
import { checksumType } from './checksums.ts';
import { lastModified, timeText } from '../records/revision.ts';
import type { Listing } from '../records/listing.ts';

export const OWNER = `<Owner>${element('ID', ACCOUNT_ID)}</Owner>`;

/** The elements that both versions of the listing share. */
export function listedElements(
  { objects, commonPrefixes }: Listing<ObjectSummary>,
  encode: (name: string) => string,
  withOwner: boolean,
): string {
  const contents = objects.map(
    (object) => `<Contents>${objectElements(object, encode, withOwner)}</Contents>`,
  );
  return contents.join('') + prefixElements(commonPrefixes, encode);
}

export function prefixElements(commonPrefixes: readonly string[], encode: (name: string) => string): string {
  return commonPrefixes
    .map((prefix) => `<CommonPrefixes>${element('Prefix', encode(prefix))}</CommonPrefixes>`)
    .join('');
}

/** What a listing says of an object, or of a version of one. */
export function objectElements(
  object: ObjectSummary,
  encode: (name: string) => string,
  withOwner: boolean,
): string {
  const [checksum, value = ''] =
    Object.entries(object.attributes).find(([name]) => name.startsWith('x-amz-checksum-')) ?? [];
  const fields = [
    element('Key', encode(object.key)),
    element('LastModified', timeText(lastModified(object))),
    element('ETag', `"${object.etag}"`),
    checksum === undefined
      ? ''
      : element('ChecksumAlgorithm', checksum.slice('x-amz-checksum-'.length).toUpperCase()),
    checksum === undefined ? '' : element('ChecksumType', checksumType(value)),
    element('Size', object.size),
    withOwner ? OWNER : '',
    element('StorageClass', object.attributes['x-amz-storage-class'] ?? 'STANDARD'),
  ];
  return fields.join('');
}

/** `x-amz-checksum-crc32` is ChecksumCRC32. */
export function checksumElement(header: string): string {
  return `Checksum${header.slice('x-amz-checksum-'.length).toUpperCase()}`;
}
