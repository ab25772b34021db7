import { util } from '@aws-appsync/utils';
import { quote } from './quote.ts';
import { refuse } from './refuse.ts';

// An emoji is one character, though two of JavaScript's: said so that Java's patterns and JavaScript's agree. No text fits
// two of the alternatives, so that a hostile one cannot keep the pattern trying.
const AT_MOST_256_CHARACTERS =
  '^(?:[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]|[^\\uD800-\\uDBFF]|[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])){0,256}$';

/** Who decided, or why: `name` is the field's. */
export function checkClaim(name: string, value: string | null | undefined): string | null {
  const claim = value ?? null;
  if (claim === null || util.matches(AT_MOST_256_CHARACTERS, claim)) return claim;
  return refuse(`${name} ${quote(claim)} is too long: at most 256 characters are allowed.`);
}
