import { ACCOUNT_ID } from '../account.ts';
import { element } from '../http/xml.ts';
import { lastModified, type ObjectSummary } from './objects.ts';
import type { Listing } from './listing.ts';

/** The elements that both versions of the listing share. */
export function listedElements(
  { objects, commonPrefixes }: Listing,
  encode: (name: string) => string,
  withOwner: boolean,
): string {
  const contents = objects.map((object) => contentsElement(object, encode, withOwner));
  const prefixes = commonPrefixes.map(
    (prefix) => `<CommonPrefixes>${element('Prefix', encode(prefix))}</CommonPrefixes>`,
  );
  return [...contents, ...prefixes].join('');
}

function contentsElement(
  object: ObjectSummary,
  encode: (name: string) => string,
  withOwner: boolean,
): string {
  const checksum = Object.keys(object.attributes).find((name) => name.startsWith('x-amz-checksum-'));
  const fields = [
    element('Key', encode(object.key)),
    element('LastModified', new Date(lastModified(object)).toISOString()),
    element('ETag', `"${object.etag}"`),
    checksum === undefined
      ? ''
      : element('ChecksumAlgorithm', checksum.slice('x-amz-checksum-'.length).toUpperCase()),
    checksum === undefined ? '' : element('ChecksumType', 'FULL_OBJECT'),
    element('Size', object.size),
    withOwner ? `<Owner>${element('ID', ACCOUNT_ID)}</Owner>` : '',
    element('StorageClass', object.attributes['x-amz-storage-class'] ?? 'STANDARD'),
  ];
  return `<Contents>${fields.join('')}</Contents>`;
}
