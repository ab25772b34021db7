/** What has to outlive the way to the issuer and back. */
export type Pending = {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  /** The page that was left, and the order that was open on it. */
  readonly path: string;
  readonly hash: string;
};

const KEY = 'countersign.signIn';

export function keepPending(pending: Pending): void {
  sessionStorage.setItem(KEY, JSON.stringify(pending));
}

/** Serves once. */
export function takePending(): Pending | null {
  const text = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  const value: unknown = text === null ? null : JSON.parse(text);
  if (typeof value !== 'object' || value === null) return null;
  const { verifier, state, nonce, path, hash } = value as Partial<Record<keyof Pending, unknown>>; // each is checked below
  if (typeof verifier !== 'string' || typeof state !== 'string' || typeof nonce !== 'string') return null;
  return {
    verifier,
    state,
    nonce,
    path: typeof path === 'string' ? path : '/',
    hash: typeof hash === 'string' ? hash : '',
  };
}
