import { util } from '@aws-appsync/utils';
import { quote } from './quote.ts';
import { refuse } from './refuse.ts';

// An emoji is one character, though two of JavaScript's: said so that Java's patterns and JavaScript's agree.
const AT_MOST_256_CHARACTERS = '^(?:[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]|[\\s\\S]){0,256}$';

/** Who decided, or why: `name` is the field's. */
export function checkClaim(name: string, value: string | null | undefined): string | null {
  const claim = value ?? null;
  if (claim === null || util.matches(AT_MOST_256_CHARACTERS, claim)) return claim;
  return refuse(`${name} ${quote(claim)} is too long: at most 256 characters are allowed.`);
}
