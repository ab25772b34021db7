import type { OrderStatus } from '../../client/countersign.ts';
import { StatusIcon } from './icons.tsx';
import { STATUS_WORDS } from './words.ts';

export function StatusBadge({ status }: { readonly status: OrderStatus }) {
  return (
    <span class={`badge status-${status.toLowerCase()}`}>
      <StatusIcon status={status} />
      {STATUS_WORDS[status]}
    </span>
  );
}
