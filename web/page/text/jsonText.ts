/** The text of a JSON object or list, set with an indented line for each value; null when it is neither. */
export function layOutJson(text: string): string | null {
  if (!/^\s*[[{]/.test(text) || parseJson(text) === undefined) return null;
  // The text itself is laid out: parsing and writing it again would drop repeated names and round long numbers.
  const tokens = text.match(/"(?:\\.|[^"\\])*"|[[\]{},:]|[^\s[\]{},:"]+/g) ?? [];
  let depth = 0;
  let laidOut = '';
  for (const [index, token] of tokens.entries()) {
    const isEmpty = isStart(tokens[index - 1]) && isEnd(token);
    if (isEnd(token)) depth -= 1;
    if (isEnd(token) && !isEmpty) laidOut += lineBreak(depth);
    laidOut += token === ':' ? ': ' : token;
    if (isStart(token)) depth += 1;
    if (token === ',' || (isStart(token) && !isEnd(tokens[index + 1]))) laidOut += lineBreak(depth);
  }
  return laidOut;
}

function isStart(token: string | undefined): boolean {
  return token === '{' || token === '[';
}

function isEnd(token: string | undefined): boolean {
  return token === '}' || token === ']';
}

function lineBreak(depth: number): string {
  return `\n${'  '.repeat(depth)}`;
}

/** What a JSON object calls itself, where it does. */
export function jsonTitle(text: string): string | null {
  const value = parseJson(text);
  const names = typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : new Map();
  for (const key of ['title', 'name', 'summary', 'subject', 'description']) {
    const title: unknown = names.get(key);
    if (typeof title === 'string' && title.trim() !== '') return title;
  }
  return null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
