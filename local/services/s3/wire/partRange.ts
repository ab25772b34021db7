import { PART_SIZES } from '../records/attributes.ts';
import { invalidArgument, invalidRequest, S3Error } from '../errors.ts';
import type { ObjectSummary } from '../records/objectRow.ts';
import type { Range } from './range.ts';
import type { S3Request } from './s3Request.ts';

const MAX_PARTS = 10_000;

/** How many parts an object was uploaded in; null when it came in one piece. */
export function partCount({ attributes }: ObjectSummary): number | null {
  return attributes[PART_SIZES]?.split(',').length ?? null;
}

/** The bytes of the part that `partNumber` asks for; an object that came in one piece is its own only part. */
export function partRange({ query, header }: S3Request, object: ObjectSummary): Range {
  const number = parsePartNumber(query.get('partNumber') ?? '');
  if (header('range') !== '') {
    throw invalidRequest('Cannot specify both Range header and partNumber query parameter');
  }
  const sizes = (object.attributes[PART_SIZES] ?? String(object.size)).split(',').map(Number);
  const size = sizes[number - 1];
  if (size === undefined) throw invalidPartNumber(number, sizes.length);
  const first = sizes.slice(0, number - 1).reduce((sum, one) => sum + one, 0);
  return { first, last: first + size - 1 };
}

export function parsePartNumber(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= MAX_PARTS) return Number(text);
  const message = `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`;
  throw invalidArgument(message, 'partNumber', text);
}

function invalidPartNumber(requested: number, actual: number): S3Error {
  return new S3Error('InvalidPartNumber', 'The requested partnumber is not satisfiable', {
    status: 416,
    elements: { PartNumberRequested: String(requested), ActualPartCount: String(actual) },
  });
}
