import { parseJson } from '../../../ground/json.ts';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { StepFunctionsError } from '../errors.ts';

/** Tokens that lead to the next page of the same request; they hold for a day. */
export type PageTokens = {
  readonly tokenOf: (request: string, place: string | number) => string;
  /** Throws InvalidToken for one of another request, a forged one or an old one. */
  readonly placeOf: (request: string, token: string) => string | number;
};

const LIFETIME_MILLISECONDS = 24 * 60 * 60 * 1000;
const PROOF_BYTES = 32;

export function createPageTokens(secret: Uint8Array, now: () => number): PageTokens {
  const proofOf = (text: string) => createHmac('sha256', secret).update(text).digest();
  return {
    tokenOf: (request, place) => {
      const text = JSON.stringify([request, place, now() + LIFETIME_MILLISECONDS]);
      return Buffer.concat([proofOf(text), Buffer.from(text)]).toString('base64');
    },
    placeOf: (request, token) => {
      const bytes = Buffer.from(token, 'base64');
      const text = bytes.subarray(PROOF_BYTES).toString();
      const proof = bytes.subarray(0, PROOF_BYTES);
      if (proof.length !== PROOF_BYTES || !timingSafeEqual(proof, proofOf(text))) throw invalidToken();
      const parsed = parseJson(text);
      const [owner, place, end] = parsed.ok && Array.isArray(parsed.value) ? parsed.value : [];
      if (owner !== request || typeof end !== 'number' || end < now()) throw invalidToken();
      if (typeof place !== 'string' && typeof place !== 'number') throw invalidToken();
      return place;
    },
  };
}

function invalidToken(): StepFunctionsError {
  return new StepFunctionsError('InvalidToken', "Invalid Token: 'Invalid token'");
}

export const PAGE_TOKEN_RULE = { minimum: 1, maximum: 1024 };

const DEFAULT_PAGE = 100;
export const MAX_PAGE_ITEMS = 1000;

/** 0 means the default, as on AWS. */
export function pageSize(maxResults: number | undefined): number {
  return maxResults === undefined || maxResults === 0 ? DEFAULT_PAGE : maxResults;
}
