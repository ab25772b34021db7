import type { HttpResponse } from '../../../wire/httpMessage.ts';
import { element } from '../../../wire/xml.ts';
import type { OnBucket } from '../bucket.ts';
import { invalidArgument } from '../errors.ts';
import { listedElements } from '../wire/listAnswer.ts';
import { firstAfter, list, nameEncoding, parseMaxKeys } from '../records/listing.ts';
import { xmlAnswer } from '../records/writeObject.ts';

export function listObjectsV2({ context, bucket, request }: OnBucket): HttpResponse {
  const { query } = request;
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? ''];
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after');
  const maxKeys = parseMaxKeys(request);
  const encode = nameEncoding(request);
  const after = token === null ? (startAfter ?? '') : parseToken(token);
  const listing = list({
    prefix,
    delimiter,
    maxKeys,
    from: firstAfter({ prefix, delimiter, after }),
    read: (from, to) => context.objects.list(bucket.id, from, to),
  });
  const head = [
    element('Name', bucket.name),
    element('Prefix', encode(prefix)),
    element('StartAfter', startAfter === null ? null : encode(startAfter)),
    element('ContinuationToken', token),
    element('NextContinuationToken', listing.next === null ? null : tokenOf(listing.next)),
    element('KeyCount', listing.objects.length + listing.commonPrefixes.length),
    element('MaxKeys', maxKeys),
    element('Delimiter', delimiter === '' ? null : encode(delimiter)),
    element('EncodingType', query.get('encoding-type')),
    element('IsTruncated', listing.next !== null),
  ];
  const withOwner = query.get('fetch-owner') === 'true';
  return xmlAnswer('ListBucketResult', head.join('') + listedElements(listing, encode, withOwner));
}

function tokenOf(last: string): string {
  return `1${Buffer.from(last).toString('base64url')}`;
}

function parseToken(token: string): string {
  if (/^1[\w-]+$/.test(token)) return Buffer.from(token.slice(1), 'base64url').toString('utf8');
  throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
}
