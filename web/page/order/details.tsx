import { useState } from 'preact/hooks';
import type { OrderText } from '../text/orderText.ts';
import { UserText } from '../text/userText.tsx';

/** Longer texts are folded until somebody wants to see all of them. */
const MAX_LINES = 24;
const MAX_CHARACTERS = 1800;

const NUMBER = new Intl.NumberFormat('en');

/** The text of an order under its heading. */
export function Details({ text: { title, body, isJson } }: { readonly text: OrderText }) {
  const [isOpen, setOpen] = useState(false);
  if (body === '') return title === null ? <p class="hint">The order has no description.</p> : null;
  const lines = body.split('\n').length;
  const isLong = lines > MAX_LINES || body.length > MAX_CHARACTERS;
  const isFolded = isLong && !isOpen;
  const size =
    lines > MAX_LINES ? `${NUMBER.format(lines)} lines` : `${NUMBER.format([...body].length)} characters`;
  return (
    <div class={isFolded ? 'details folded' : 'details'}>
      <div class={isJson ? 'details-text json' : 'details-text'} dir={isJson ? 'ltr' : 'auto'}>
        <UserText text={body} />
      </div>
      {isLong ? (
        <button type="button" class="fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Show less' : `Show all (${size})`}
        </button>
      ) : null}
    </div>
  );
}
