/** What became of one invocation. */
export type Outcome = {
  /** JSON text: the answer, or the error document. */
  readonly payload: string;
  readonly status: 'success' | 'error' | 'timeout';
  readonly milliseconds: number;
  readonly usedBytes: number;
  /** How the runtime ended before it could answer; null when it did answer, or was too late. */
  readonly exit: string | null;
};
