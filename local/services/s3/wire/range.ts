import { S3Error } from '../errors.ts';

/** First and last byte, both included. */
export type Range = { readonly first: number; readonly last: number };

/** The part that a Range header asks for; null for the whole, as S3 answers several or unreadable ranges. */
export function parseRange(header: string, size: number): Range | null {
  const [, from, to] = /^bytes\s*=\s*(\d{0,15})\s*-\s*(\d{0,15})$/.exec(header.trim()) ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return null;
  if (from !== '' && to !== '' && Number(from) > Number(to)) return null;
  const first = from === '' ? Math.max(size - Number(to), 0) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (first > last) throw invalidRange(header, size);
  return { first, last };
}

function invalidRange(header: string, size: number): S3Error {
  return new S3Error('InvalidRange', 'The requested range is not satisfiable', {
    status: 416,
    elements: { RangeRequested: header, ActualObjectSize: String(size) },
    headers: { 'content-range': `bytes */${size}` },
  });
}
