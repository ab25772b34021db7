import type { OrderStatus } from '../../client/countersign.ts';

const PATHS = {
  RECEIVED: 'M3 9l2-5h6l2 5v4H3z M3 9h3l1 2h2l1-2h3',
  PROCESSING: 'M8 2.5a5.5 5.5 0 1 1-5.2 3.7 M2.5 2.5v4h4',
  PAUSED: 'M6 4v8 M10 4v8',
  CONFIRMED: 'M3.5 8.5l3 3 6-7',
  COMPLETED: 'M2 8.5l3 3 5-7 M8 11l.6.6 5.4-7',
  REJECTED: 'M4 4l8 8 M12 4l-8 8',
  EXPIRED:
    'M4.5 2.5h7 M4.5 13.5h7 M5.5 2.5c0 3 5 4 5 5.5s-5 2.5-5 5.5 M10.5 2.500c0 3-5 4-5 5.500s5 2.5 5 5.5',
  CANCELLED: 'M8 2.500a5.5 5.5 0 1 1 0 11a5.5 5.5 0 0 1 0-11z M4.2 4.200l7.6 7.6',
  FAILED: 'M8 2.500l6 11H2z M8 7v3 M8 11.700v.1',
} satisfies Record<OrderStatus, string>;

/** The sign of a status; its word always stands beside it. */
export function StatusIcon({ status }: { readonly status: OrderStatus }) {
  return <Stroke path={PATHS[status]} />;
}

export function Stroke({ path }: { readonly path: string }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}

export const BACK = 'M10 3L5 8l5 5';
export const BELL = 'M4 11V7a4 4 0 0 1 8 0v4l1 1H3z M7 14h2';
export const PLUS = 'M8 3v10 M3 8h10';
export const SEARCH = 'M7 2.500a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9z M10.5 10.500l3.5 3.5';

/** A seal with a signature's stroke through it. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <circle cx="16" cy="16" r="13" />
      <path d="M8 18c3-7 5-7 5-2s1 5 3 0 3-4 3-1 2 4 6-1" />
    </svg>
  );
}
