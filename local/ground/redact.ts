/**
 * Task tokens, also percent-encoded or with escaped slashes, API keys, and people's tokens: what must never stand in a log,
 * whichever component writes there.
 */
const SECRETS = [
  /AAAA(?:[A-Za-z0-9+/=_-]|\\\/|%2[BbFf]|%3[Dd]){96,}/g,
  /da2-[a-z0-9]{26}/g,
  /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/g,
];
const MIN_SECRET_CHARACTERS = 8;

export type Redact = (text: string) => string;

/** `known` are the credentials that the functions got. */
export function createRedact(known: readonly string[]): Redact {
  const values = known.filter(({ length }) => length >= MIN_SECRET_CHARACTERS);
  return (text) => {
    const withoutKnown = values.reduce((safe, value) => safe.replaceAll(value, '[secret]'), text);
    return SECRETS.reduce((safe, pattern) => safe.replaceAll(pattern, '[secret]'), withoutKnown);
  };
}
