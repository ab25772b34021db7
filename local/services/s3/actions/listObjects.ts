import type { HttpResponse } from '../../../wire/httpMessage.ts';
import { element } from '../../../wire/xml.ts';
import type { OnBucket } from '../bucket.ts';
import { listedElements } from '../wire/listAnswer.ts';
import { firstAfter, list, nameEncoding, parseMaxKeys } from '../records/listing.ts';
import { xmlAnswer } from '../records/writeObject.ts';

/** The first version of the listing, which pages by a marker. */
export function listObjects({ context, bucket, request }: OnBucket): HttpResponse {
  const { query } = request;
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? ''];
  const marker = query.get('marker') ?? '';
  const maxKeys = parseMaxKeys(request);
  const encode = nameEncoding(request);
  const listing = list({
    prefix,
    delimiter,
    maxKeys,
    from: firstAfter({ prefix, delimiter, after: marker }),
    read: (from, to) => context.objects.list(bucket.id, from, to),
  });
  const head = [
    element('Name', bucket.name),
    element('Prefix', encode(prefix)),
    element('Marker', encode(marker)),
    element('NextMarker', listing.next === null || delimiter === '' ? null : encode(listing.next)),
    element('MaxKeys', maxKeys),
    element('Delimiter', delimiter === '' ? null : encode(delimiter)),
    element('EncodingType', query.get('encoding-type')),
    element('IsTruncated', listing.next !== null),
  ];
  return xmlAnswer('ListBucketResult', head.join('') + listedElements(listing, encode, true));
}
