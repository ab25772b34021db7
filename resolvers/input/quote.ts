const MAX_QUOTED_CHARACTERS = 40;

/** A value as a message may name it: in quotes, escaped, and shortened. */
export function quote(text: string): string {
  return text.length <= MAX_QUOTED_CHARACTERS
    ? JSON.stringify(text)
    : `${JSON.stringify(text.slice(0, MAX_QUOTED_CHARACTERS))}…`;
}
