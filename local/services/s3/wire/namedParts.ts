import { content, elements, malformed, rootOf } from './flatXml.ts';
import { checksumElement } from './listAnswer.ts';
import type { Part, Upload } from '../records/uploads.ts';
import { S3Error } from '../errors.ts';

const MIN_PART_BYTES = 5_242_880;
/** An object is one row here, and is held in memory on its way. */
const MAX_OBJECT_BYTES = 268_435_456;

/** Those of the upload's parts that the body of CompleteMultipartUpload names, in its order. */
export function namedParts(text: string, upload: Upload, kept: readonly Part[]): readonly Part[] {
  const named = parseParts(text, upload);
  if (named.some(({ number }, index) => number <= (named[index - 1]?.number ?? 0))) {
    throw refused(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
    );
  }
  const parts = named.map((one) => findPart(one, kept));
  if (parts.slice(0, -1).some(({ size }) => size < MIN_PART_BYTES)) {
    throw refused('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  if (size <= MAX_OBJECT_BYTES) return parts;
  throw refused('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
    ProposedSize: String(size),
    MaxSizeAllowed: String(MAX_OBJECT_BYTES),
  });
}

/** Empty where the caller gives no checksum. */
type Named = { readonly number: number; readonly etag: string; readonly checksum: string };

function parseParts(text: string, upload: Upload): readonly Named[] {
  const named = elements(rootOf(text, 'CompleteMultipartUpload')).map(([name, inner]) => {
    const fields = new Map(name === 'Part' ? elements(inner) : []);
    const field = (of: string) => content(fields.get(of) ?? '').trim();
    return {
      number: Number(field('PartNumber')),
      etag: field('ETag').replaceAll('"', ''),
      checksum: field(checksumElement(`x-amz-checksum-${upload.algorithm}`)),
    };
  });
  if (named.length === 0 || named.some(({ number, etag }) => !(number > 0) || etag === '')) throw malformed();
  return named;
}

function findPart({ number, etag, checksum }: Named, kept: readonly Part[]): Part {
  const part = kept.find((one) => one.number === number);
  if (part?.etag === etag && (checksum === '' || checksum === part.checksum)) return part;
  const message =
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.";
  throw refused('InvalidPart', message, { PartNumber: String(number), ETag: etag });
}

function refused(type: string, message: string, elements: Readonly<Record<string, string>> = {}): S3Error {
  return new S3Error(type, message, { status: 400, elements: elements });
}
