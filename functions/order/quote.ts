const MAX_QUOTED_CHARACTERS = 40; // enough to recognise a value, too little to flood a log

/** A value as a message may name it: JSON, and shortened. */
export function quote(value: unknown): string {
  if (typeof value === 'string') return `${JSON.stringify(shorten(value))}${isLong(value) ? '…' : ''}`;
  const text = JSON.stringify(value) ?? String(value);
  return `${shorten(text)}${isLong(text) ? '…' : ''}`;
}

const shorten = (text: string): string => text.slice(0, MAX_QUOTED_CHARACTERS);

const isLong = (text: string): boolean => text.length > MAX_QUOTED_CHARACTERS;
