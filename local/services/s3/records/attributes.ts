/** Response headers that are kept with an object: system headers, metadata, its checksum; and the sizes of its parts. */
export type Attributes = Readonly<Record<string, string>>;

/** Of an object from a multipart upload, joined by commas. No header of an answer. */
export const PART_SIZES = 'part-sizes';

/** Every object has these names: they are kept as one letter. Header names never look like that. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  'content-type': 'T',
  'x-amz-checksum-crc32': 'C',
  'x-amz-checksum-crc64nvme': 'N',
  'x-amz-checksum-sha256': 'S',
  'part-sizes': 'P',
};
const LONG_NAMES = Object.fromEntries(Object.entries(SHORT_NAMES).map(([long, short]) => [short, long]));

export function formatAttributes(attributes: Attributes): string {
  return JSON.stringify(renamed(attributes, SHORT_NAMES));
}

export function parseAttributes(kept: string): Attributes {
  return renamed(JSON.parse(kept), LONG_NAMES);
}

function renamed(attributes: Attributes, names: Readonly<Record<string, string>>): Attributes {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [names[name] ?? name, value]));
}
