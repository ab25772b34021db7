import { ofThisTab } from '../storage.ts';

/** What the person is doing about the order right now. */
export type Intent = 'confirm' | 'reject' | 'cancel';

/** A decision that is being written: it survives a reload, an outage and other people's decisions. */
export type Draft = {
  /** Which form is open: the usual one serves confirmations. */
  readonly intent: Intent;
  readonly note: string;
  /** Whether it was sent and did not arrive. */
  readonly isUnsent: boolean;
};

export const NO_DRAFT: Draft = { intent: 'confirm', note: '', isUnsent: false };

const INTENTS: readonly unknown[] = ['confirm', 'reject', 'cancel'] satisfies readonly Intent[];

export function readDraft(orderId: string): Draft {
  const kept = ofThisTab.read(keyOf(orderId));
  return kept === null ? NO_DRAFT : parseDraft(kept);
}

export function keepDraft(orderId: string, draft: Draft): void {
  const isWorthIt = draft.note !== '' || draft.isUnsent;
  ofThisTab.write(keyOf(orderId), isWorthIt ? JSON.stringify(draft) : null);
}

function keyOf(orderId: string): string {
  return `draft/${orderId}`;
}

function parseDraft(text: string): Draft {
  const value: Partial<Record<keyof Draft, unknown>> = JSON.parse(text);
  const { intent, note, isUnsent } = value;
  if (!isIntent(intent) || typeof note !== 'string') return NO_DRAFT;
  return { intent, note, isUnsent: isUnsent === true };
}

function isIntent(value: unknown): value is Intent {
  return INTENTS.includes(value);
}
