/**
 * Deadlines without timers: rows in the store and one timer for the nearest of them.
 * `kind` names the part of the cloud that set a deadline, `key` what it is about.
 */
export type Scheduler = {
  /** Sets or moves the deadline of (kind, key), in the open transaction. `due` is milliseconds since 1970. */
  readonly set: (kind: string, key: string, due: number) => void;
  readonly cancel: (kind: string, key: string) => void;
  /** When (kind, key) is due; null when it has no deadline. */
  readonly dueOf: (kind: string, key: string) => number | null;
  /**
   * Names the handler of a kind, before `start`. The handler runs synchronously in a transaction that also
   * removes the deadline; what must happen outside the store goes into `store.afterCommit`.
   */
  readonly handle: (kind: string, onDue: (key: string, due: number) => void) => void;
  readonly start: () => void;
  /** Runs everything that is due now; resolves when it has been started and committed. */
  readonly runDue: () => Promise<void>;
  readonly stop: () => void;
};
