const QUOTED_CHARACTERS = 40; // enough to recognise a value, too little to flood a log

/** A value as a message may name it: in quotes, escaped, and shortened. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length <= QUOTED_CHARACTERS
    ? JSON.stringify(text)
    : `${JSON.stringify(text.slice(0, QUOTED_CHARACTERS))}…`;
}
