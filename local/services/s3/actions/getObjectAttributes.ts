import type { HttpResponse } from '../../../wire/httpMessage.ts';
import { element } from '../../../wire/xml.ts';
import type { OnBucket } from '../bucket.ts';
import { checksumType } from '../wire/checksums.ts';
import { invalidArgument } from '../errors.ts';
import { checksumElement } from '../wire/listAnswer.ts';
import type { ObjectSummary } from '../records/objectRow.ts';
import { partCount } from '../wire/partRange.ts';
import { readObject } from '../records/readObject.ts';
import { lastModified } from '../records/revision.ts';
import { versionHeader, xmlAnswer } from '../records/writeObject.ts';

const HEADER = 'x-amz-object-attributes';

type Attribute = (object: ObjectSummary) => string;

/** What may be asked for; of the parts of a multipart upload only their number is told. */
const ATTRIBUTES: Readonly<Record<string, Attribute>> = {
  ETag: ({ etag }) => element('ETag', etag),
  Checksum: ({ attributes }) => {
    const checksums = Object.entries(attributes).filter(([name]) => name.startsWith('x-amz-checksum-'));
    const elements = checksums.map(([name, value]) =>
      element(checksumElement(name), value.replace(/-\d+$/, '')),
    );
    const types = checksums.map(([, value]) => element('ChecksumType', checksumType(value)));
    return `<Checksum>${[...elements, ...types].join('')}</Checksum>`;
  },
  ObjectParts: (object) => {
    const count = partCount(object);
    return count === null ? '' : `<ObjectParts>${element('PartsCount', count)}</ObjectParts>`;
  },
  StorageClass: ({ attributes }) => element('StorageClass', attributes['x-amz-storage-class'] ?? 'STANDARD'),
  ObjectSize: ({ size }) => element('ObjectSize', size),
};

export function getObjectAttributes(on: OnBucket): HttpResponse {
  const object = readObject(on);
  const names = on.request
    .header(HEADER)
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const unknown = names.find((name) => !Object.hasOwn(ATTRIBUTES, name));
  if (names.length === 0 || unknown !== undefined)
    throw invalidArgument('Invalid attribute name specified.', HEADER, unknown ?? '');
  const selected = Object.entries(ATTRIBUTES).filter(([name]) => names.includes(name));
  return xmlAnswer(
    'GetObjectAttributesResponse',
    selected.map(([, attribute]) => attribute(object)).join(''),
    {
      'last-modified': new Date(lastModified(object)).toUTCString(),
      ...versionHeader(on, object),
    },
  );
}
