import { S3Error } from '../errors.ts';

/** What S3 gets as XML has few elements and no attributes that matter, so no XML parser is needed. */
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const MAX_CODE_POINT = 0x10ffff;

/** What stands in the document's one element. */
export function rootOf(text: string, name: string): string {
  const [, root, inner] =
    /^\s*(?:<\?xml[^>]*\?>)?\s*<([A-Za-z0-9]+)(?:\s[^<>]*)?>([\s\S]*)<\/\1>\s*$/.exec(text) ?? [];
  if (root !== name || inner === undefined) throw malformed();
  return inner;
}

/** The elements of a text that holds nothing else. */
export function elements(text: string): readonly [string, string][] {
  const found: [string, string][] = [];
  const element = /\s*<([A-Za-z0-9]+)(?:\s[^<>]*)?(?:\/>|>([\s\S]*?)<\/\1\s*>)\s*/y;
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

export function content(text: string): string {
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
  return code <= MAX_CODE_POINT ? String.fromCodePoint(code).toWellFormed() : undefined;
}

export function malformed(): S3Error {
  const message = 'The XML you provided was not well-formed or did not validate against our published schema';
  return new S3Error('MalformedXML', message, { status: 400 });
}
