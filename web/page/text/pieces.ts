/** A part of a person's text: as it stands, an address to open, or an invisible character. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string }
  | { readonly kind: 'hidden'; readonly text: string; readonly code: string; readonly name: string };

const DIRECTION_NAMES: Readonly<Record<number, string>> = {
  0x061c: 'Arabic letter mark',
  0x200e: 'left-to-right mark',
  0x200f: 'right-to-left mark',
  0x202a: 'left-to-right embedding',
  0x202b: 'right-to-left embedding',
  0x202c: 'end of a direction',
  0x202d: 'left-to-right override',
  0x202e: 'right-to-left override',
  0x2066: 'left-to-right isolate',
  0x2067: 'right-to-left isolate',
  0x2068: 'first-strong isolate',
  0x2069: 'end of an isolate',
};

/** Letters and pictures that joiners are a part of: without them words and emoji fall apart. */
const JOINED =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Mongolian}\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]$/u;

// Controls but for tab and line feed, format characters, line and paragraph separators, and letters that are blank.
const HIDDEN =
  /(?![\t\n])(?:\p{Cc}|\p{Cf}|[\u2028\u2029\u2800]|[\u115F\u1160\u3164\uFFA0]|\u17B4|\u17B5|[\u{E0100}-\u{E01EF}])/gu;
const JOINERS = ['\u200C', '\u200D'];
const LINK = /https?:\/\/[^\s<>"'`]+/g;
/** What ends a sentence or closes a bracket around an address, and is not a part of it. */
const AFTER_LINK = /[.,;:!?)\]}]+$/;

/** Splits a person's text so that everything in it can be seen and nothing in it turns the rest around. */
export function piecesOf(source: string): readonly Piece[] {
  const text = source.replaceAll('\r\n', '\n');
  const pieces: Piece[] = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(HIDDEN)) {
    const before = text.slice(done, index);
    if (JOINERS.includes(found) && JOINED.test(text.slice(Math.max(0, index - 2), index))) continue;
    pieces.push(...linksOf(before), hidden(found));
    done = index + found.length;
  }
  return [...pieces, ...linksOf(text.slice(done))];
}

/** The same for where a text can be nothing but text, such as the title of a tab. */
export function plainText(source: string): string {
  return piecesOf(source)
    .map((piece) => (piece.kind === 'hidden' ? piece.code : piece.text))
    .join('');
}

function hidden(text: string): Piece {
  const point = text.codePointAt(0) ?? 0;
  const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  return { kind: 'hidden', text, code, name: DIRECTION_NAMES[point] ?? 'invisible character' };
}

function linksOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(LINK)) {
    const link = found.replace(AFTER_LINK, '');
    if (!URL.canParse(link)) continue;
    if (index > done) pieces.push({ kind: 'text', text: text.slice(done, index) });
    pieces.push({ kind: 'link', text: link });
    done = index + link.length;
  }
  return done < text.length ? [...pieces, { kind: 'text', text: text.slice(done) }] : pieces;
}
