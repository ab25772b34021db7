import { isTooLong, type Size } from './size.ts';

const NUMBER = new Intl.NumberFormat('en');
/** The count is shown from this share of the limit on. */
const MIN_SHOWN_SHARE = 0.8;

/** How long a text is, once it comes near to what the API takes; said aloud when it is too long. */
export function SizeNote({ id, size }: { readonly id: string; readonly size: Size }) {
  const { used, max, unit } = size;
  const over = used - max;
  const isShown = used > max * MIN_SHOWN_SHARE;
  return (
    <span id={id} class={isTooLong(size) ? 'size too-long' : 'size'} role="status">
      {isShown ? `${NUMBER.format(used)} of ${NUMBER.format(max)} ${unit}` : ''}
      {over > 0 ? `: ${NUMBER.format(over)} too many. Nothing is sent until it fits.` : ''}
    </span>
  );
}
