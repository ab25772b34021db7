import { fieldsOf } from '../order/fields.ts';
import { isOrderId, type OrderId } from '../order/orderId.ts';

export type CreatedRecord = { readonly kind: 'request' | 'decision'; readonly orderId: OrderId };

const KEY = /^(request|decision)s\/(.+)\.json$/;

/** The requests and decisions whose creation S3 announces in a message; none in S3's test event and in a foreign one. */
export function createdRecords(body: unknown): readonly CreatedRecord[] {
  if (typeof body !== 'object' || body === null || !('Records' in body)) return [];
  return fieldsOf(body, 'a notification of S3')
    .list('Records')
    .map((record) => parseRecord(record))
    .filter((record) => record !== null);
}

function parseRecord(record: unknown): CreatedRecord | null {
  const s3 = fieldsOf(record, 'a record of a notification of S3').value('s3');
  const object = fieldsOf(s3, 's3 of a notification of S3').value('object');
  // S3 encodes keys as forms do; those of orders hold nothing to encode.
  const [, kind, orderId] = KEY.exec(fieldsOf(object, 'object of a notification of S3').text('key')) ?? [];
  return (kind === 'request' || kind === 'decision') && isOrderId(orderId) ? { kind, orderId } : null;
}
