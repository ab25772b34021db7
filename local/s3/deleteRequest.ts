import { S3Error } from '../http/awsErrors.ts';
import { notImplemented } from './errors.ts';

export type ToDelete = { readonly key: string; readonly version: string | null; readonly ifMatch: string };

export type DeleteRequest = { readonly objects: readonly ToDelete[]; readonly quiet: boolean };

const MOST_OBJECTS = 1000;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const LARGEST_CODE_POINT = 0x10ffff;

/** The body of DeleteObjects: elements of one depth and no attributes that matter, so no XML parser is needed. */
export function parseDeleteRequest(text: string): DeleteRequest {
  const root = /^\s*(?:<\?xml[^>]*\?>)?\s*<Delete(?:\s[^>]*)?>([\s\S]*)<\/Delete>\s*$/.exec(text)?.[1];
  if (root === undefined) throw malformed();
  const objects: ToDelete[] = [];
  let quiet = false;
  for (const [name, inner] of elements(root)) {
    if (name === 'Object') objects.push(parseObject(inner));
    else if (name === 'Quiet') quiet = content(inner) === 'true';
    else throw malformed();
  }
  if (objects.length === 0 || objects.length > MOST_OBJECTS) throw malformed();
  return { objects, quiet };
}

function parseObject(inner: string): ToDelete {
  const fields = new Map(elements(inner));
  const key = content(fields.get('Key') ?? '');
  if (key === '') throw malformed();
  if (fields.has('LastModifiedTime') || fields.has('Size')) {
    throw notImplemented('Deleting by the time or size of an object');
  }
  const version = fields.get('VersionId');
  return {
    key,
    version: version === undefined ? null : content(version),
    ifMatch: content(fields.get('ETag') ?? ''),
  };
}

/** The elements of a text that holds nothing else. */
function elements(text: string): readonly [string, string][] {
  const found: [string, string][] = [];
  const element = /\s*<([A-Za-z]+)(?:\s[^<>]*)?(?:\/>|>([\s\S]*?)<\/\1\s*>)\s*/y;
  while (element.lastIndex < text.length) {
    const match = element.exec(text);
    if (match === null) {
      if (text.trim() === '') return [];
      throw malformed();
    }
    found.push([match[1] ?? '', match[2] ?? '']);
  }
  return found;
}

function content(text: string): string {
  const plain = /^\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*$/.exec(text)?.[1];
  if (plain !== undefined) return plain;
  if (text.includes('<')) throw malformed();
  return text.replaceAll(/&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]+);|&/gi, (_token, name: string | undefined) => {
    const character = name === undefined ? undefined : (ENTITIES[name] ?? codePoint(name));
    if (character === undefined) throw malformed();
    return character;
  });
}

function codePoint(reference: string): string | undefined {
  if (!reference.startsWith('#')) return undefined;
  const hexadecimal = reference[1]?.toLowerCase() === 'x';
  const code = Number.parseInt(reference.slice(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
  return code <= LARGEST_CODE_POINT ? String.fromCodePoint(code).toWellFormed() : undefined;
}

function malformed(): S3Error {
  const message = 'The XML you provided was not well-formed or did not validate against our published schema';
  return new S3Error('MalformedXML', message, { status: 400 });
}
