import { util } from '@aws-appsync/utils';
import { MAX_CLAIM_CHARACTERS } from '../../functions/order/limits.ts';
import { quote } from './quote.ts';
import { refuse } from './refuse.ts';

// An emoji is one character, though JavaScript counts two: the pattern says so, and Java's and JavaScript's engines agree
// on it. No text fits two of the alternatives, so a hostile one cannot keep the engine backtracking.
const SHORT_ENOUGH = `^(?:[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]|[^\\uD800-\\uDBFF]|[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])){0,${MAX_CLAIM_CHARACTERS}}$`;

/** A person's name or a reason; `name` is the field's. */
export function checkClaim(name: string, value: string | null | undefined): string | null {
  const claim = value ?? null;
  if (claim === null || util.matches(SHORT_ENOUGH, claim)) return claim;
  return refuse(`${name} must be at most ${MAX_CLAIM_CHARACTERS} characters; got ${quote(claim)}.`);
}
