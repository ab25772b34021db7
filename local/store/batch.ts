import type { DatabaseSync } from 'node:sqlite';
import type { Store } from './store.ts';

type Batch = Pick<Store, 'transact' | 'write' | 'settled' | 'afterCommit'> & { readonly commit: () => void };

/** Group commit: everything written in one turn of the event loop shares one transaction and one fsync. */
export function createBatch(database: DatabaseSync, onFailure: (error: Error) => void): Batch {
  let open: PromiseWithResolvers<void> | null = null;
  let actions: (() => void)[] = [];

  function begin(): void {
    if (open !== null) return;
    database.exec('BEGIN IMMEDIATE');
    open = Promise.withResolvers<void>();
    open.promise.catch(() => {}); // whoever waits is told; nobody has to wait
    setImmediate(commit);
  }

  function commit(): void {
    if (open === null) return;
    const { resolve, reject } = open;
    try {
      database.exec('COMMIT');
    } catch (error) {
      reject(error);
      onFailure(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    open = null;
    const due = actions;
    actions = [];
    resolve();
    for (const action of due) action();
  }

  function transact<T>(change: () => T): T {
    begin();
    const actionsBefore = actions.length;
    database.exec('SAVEPOINT change');
    try {
      const result = change();
      database.exec('RELEASE change');
      return result;
    } catch (error) {
      database.exec('ROLLBACK TO change; RELEASE change');
      actions.length = actionsBefore;
      throw error;
    }
  }

  return {
    transact,
    commit,
    write: async (change) => {
      const result = transact(change);
      await open?.promise;
      return result;
    },
    settled: () => open?.promise ?? Promise.resolve(),
    afterCommit: (action) => {
      if (open === null) setImmediate(action);
      else actions.push(action);
    },
  };
}
