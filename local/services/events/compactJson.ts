const SPACE = new Set([' ', '\n', '\r', '\t']);

/**
 * JSON text without the white space between its values, and otherwise as it is: parsing it and writing it anew would
 * round long numbers. Null when it is nested deeper than that.
 */
export function compactJson(text: string, deepest: number): string | null {
  const pieces: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (character === '"') index = endOfString(text, index);
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    else if (SPACE.has(character)) {
      pieces.push(text.slice(start, index));
      start = index + 1;
    }
    if (depth > deepest) return null;
  }
  return pieces.join('') + text.slice(start);
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return index;
}
