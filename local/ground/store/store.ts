import type { DatabaseSync, StatementSync } from 'node:sqlite';

/**
 * The one SQLite file of the cloud. What is written joins the open batch at once and is seen by every read;
 * it is on disk when `settled()` resolves. One batch is one commit and one sync of the log, about one a tick.
 */
export type Store = {
  readonly database: DatabaseSync;
  /** A prepared statement, kept for the life of the store. */
  readonly statement: (sql: string) => StatementSync;
  /** Runs a change now, whole or not at all. Nested calls are savepoints. Durable once `settled()` resolves. */
  readonly transact: <T>(change: () => T) => T;
  /**
   * `transact` for a change that no caller waits for. It goes to disk with the next change that one waits for, or within
   * 100 ms; `settled()` does not wait for it. Call `hasten()` before an answer that tells of such a change.
   */
  readonly transactLater: <T>(change: () => T) => T;
  /** What was written so far goes to disk at once, and `settled()` waits for it. */
  readonly hasten: () => void;
  /** `transact`, then waits until the change is on disk. */
  readonly write: <T>(change: () => T) => Promise<T>;
  /** Resolves when everything written so far is on disk. Await it before answering anybody. */
  readonly settled: () => Promise<void>;
  /**
   * Runs when the change that is being made is complete, before it is on disk: for work that writes whatever it does
   * after it, so that the disk never holds the work without the change. Dropped when the change is undone.
   */
  readonly afterChange: (action: () => void) => void;
  /** Runs after the batch that is open now is on disk (or soon, when none is open). Dropped by a crash before. */
  readonly afterCommit: (action: () => void) => void;
  /** How often the process has committed since it opened the store. */
  readonly commits: () => number;
  /** Commits what is open and closes the file. */
  readonly close: () => void;
};
