import { ACCOUNT_ID, REGION } from '../../account.ts';
import type { HttpResponse } from '../../http/httpMessage.ts';
import { element } from '../../http/xml.ts';
import type { Bucket, S3Context } from '../bucket.ts';
import { xmlAnswer } from '../writeObject.ts';

export function listBuckets({ buckets }: S3Context): HttpResponse {
  const names = [...buckets.keys()].toSorted();
  const listed = names.map((name) => bucketElement(buckets.get(name))).join('');
  return xmlAnswer(
    'ListAllMyBucketsResult',
    `<Owner>${element('ID', ACCOUNT_ID)}</Owner><Buckets>${listed}</Buckets>`,
  );
}

function bucketElement(bucket: Bucket | undefined): string {
  if (bucket === undefined) return '';
  const created = new Date(bucket.created).toISOString();
  return `<Bucket>${element('Name', bucket.name)}${element('CreationDate', created)}${element('BucketRegion', REGION)}</Bucket>`;
}
