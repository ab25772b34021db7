import type { DatabaseSync } from 'node:sqlite';
import type { Disk } from './disk.ts';
import type { Store } from './store.ts';
import type { Witness } from './witness.ts';

export type Batch = Pick<Store, 'transact' | 'write' | 'settled' | 'afterCommit'> & {
  /** Commits what is open before the store is closed, and waits for the disk; nothing else runs meanwhile. */
  readonly flush: () => void;
};

export type BatchOptions = {
  readonly database: DatabaseSync;
  readonly disk: Disk;
  readonly witness: Pick<Witness, 'count' | 'note'>;
  readonly onFailure: (error: Error) => void;
};

/** One transaction, and the callers that wait until it is on disk. */
type Group = PromiseWithResolvers<void> & { readonly actions: (() => void)[] };

/**
 * Group commit: what is written in one turn of the event loop, and while the disk is busy with the turns before,
 * shares one transaction and one sync. The sync runs beside the event loop, so that only callers
 * that need the disk wait for it.
 */
export function createBatch({ database, disk, witness, onFailure }: BatchOptions): Batch {
  let open: Group | null = null;
  let syncing: Group | null = null;

  function begin(): Group {
    if (open !== null) return open;
    database.exec('BEGIN IMMEDIATE');
    open = { ...Promise.withResolvers<void>(), actions: [] };
    open.promise.catch(() => {}); // callers that wait get the error; not every caller waits
    setImmediate(commitWhenIdle);
    return open;
  }

  function commitWhenIdle(): void {
    if (open === null || syncing !== null) return;
    syncing = open;
    open = null;
    void finish(syncing, () => {
      witness.count();
      database.exec('COMMIT');
      return disk.sync();
    });
  }

  async function finish(group: Group, commit: () => Promise<void> | void): Promise<void> {
    try {
      await commit();
      witness.note();
    } catch (error) {
      group.reject(error);
      onFailure(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    if (syncing === group) syncing = null;
    group.resolve();
    for (const action of group.actions) action();
    if (open !== null) setImmediate(commitWhenIdle);
  }

  function transact<T>(change: () => T): T {
    const { actions } = begin();
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

  const newest = () => open ?? syncing;
  const settled = () => newest()?.promise ?? Promise.resolve();
  return {
    transact,
    flush: () => {
      if (open === null) return disk.syncNow();
      const group = open;
      open = null;
      witness.count();
      database.exec('COMMIT');
      disk.syncNow();
      witness.note();
      group.resolve(); // its actions are dropped, as by a crash: they would write into a store that is closing
    },
    write: async (change) => {
      const result = transact(change);
      await settled();
      return result;
    },
    settled,
    afterCommit: (action) => {
      const group = newest();
      if (group === null) setImmediate(action);
      else group.actions.push(action);
    },
  };
}
