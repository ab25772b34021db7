import { ACCOUNT_ID, REGION } from '../../../ground/account.ts';
import type { HttpResponse } from '../../../wire/httpMessage.ts';
import { element } from '../../../wire/xml.ts';
import type { Bucket, S3Context } from '../bucket.ts';
import { invalidArgument } from '../errors.ts';
import { timeText } from '../records/revision.ts';
import { xmlAnswer } from '../records/writeObject.ts';

const MAX_BUCKETS = 10_000;

/** By name; a page goes on after the last name of the page before, which is its token. */
export function listBuckets({ buckets }: S3Context, query: URLSearchParams): HttpResponse {
  const prefix = query.get('prefix') ?? '';
  const region = query.get('bucket-region') ?? REGION;
  const limit = parseMaxBuckets(query.get('max-buckets') ?? '');
  const after = Buffer.from(query.get('continuation-token') ?? '', 'base64url').toString('utf8');
  const found = [...buckets.values()]
    .filter(({ name }) => region === REGION && name.startsWith(prefix) && name > after)
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const page = found.slice(0, limit);
  const last = found.length > limit ? (page.at(-1)?.name ?? null) : null;
  const parts = [
    `<Owner>${element('ID', ACCOUNT_ID)}</Owner><Buckets>${page.map(bucketElement).join('')}</Buckets>`,
    element('ContinuationToken', last === null ? null : Buffer.from(last).toString('base64url')),
    element('Prefix', query.get('prefix')),
  ];
  return xmlAnswer('ListAllMyBucketsResult', parts.join(''));
}

function bucketElement({ name, created }: Bucket): string {
  const fields = [
    element('Name', name),
    element('CreationDate', timeText(created)),
    element('BucketRegion', REGION),
  ];
  return `<Bucket>${fields.join('')}</Bucket>`;
}

function parseMaxBuckets(text: string): number {
  if (text === '') return MAX_BUCKETS;
  if (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= MAX_BUCKETS) return Number(text);
  const message = `Argument max-buckets must be an integer between 1 and ${MAX_BUCKETS}`;
  throw invalidArgument(message, 'max-buckets', text);
}
