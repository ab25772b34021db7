import { MAX_CLAIM_CHARACTERS, MAX_ORDER_DETAILS_BYTES } from '../../../functions/order/limits.ts';

/** How much of what the API takes a text uses. */
export type Size = { readonly used: number; readonly max: number; readonly unit: 'characters' | 'bytes' };

/** The size of a name or a reason. The API counts characters as Unicode does: an emoji of one is one. */
export function claimSize(text: string): Size {
  return { used: [...text].length, max: MAX_CLAIM_CHARACTERS, unit: 'characters' };
}

export function detailsSize(text: string): Size {
  return { used: new TextEncoder().encode(text).length, max: MAX_ORDER_DETAILS_BYTES, unit: 'bytes' };
}

export function isTooLong({ used, max }: Size): boolean {
  return used > max;
}
