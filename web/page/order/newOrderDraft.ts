import { ofThisTab } from '../storage.ts';

/** An order that is being written; it survives Escape and a reload. */
export type NewOrderDraft = {
  readonly details: string;
  readonly requestedBy: string;
  readonly orderId: string;
  /** One id for every try: an order whose answer was lost is not placed twice. */
  readonly ownId: string;
};

const KEY = 'new-order';

export function readNewOrder(name: string): NewOrderDraft {
  const kept = ofThisTab.read(KEY);
  const { details, requestedBy, orderId, ownId } = kept === null ? {} : parseFields(kept);
  return {
    details: details ?? '',
    requestedBy: requestedBy ?? name,
    orderId: orderId ?? '',
    ownId: ownId ?? randomId(),
  };
}

export function keepNewOrder(draft: NewOrderDraft): void {
  ofThisTab.write(KEY, JSON.stringify(draft));
}

export function forgetNewOrder(): void {
  ofThisTab.write(KEY, null);
}

/** The page wrote it itself; a field of another kind is left out all the same. */
function parseFields(text: string): Partial<NewOrderDraft> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, field]) => typeof field === 'string'));
}

/** A UUID, also where the page is not served securely and has no randomUUID. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}
