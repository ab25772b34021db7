import type { DatabaseSync } from 'node:sqlite';
import type { Disk } from './disk.ts';
import type { Store } from './store.ts';
import type { Witness } from './witness.ts';

export type Batch = Pick<
  Store,
  'transact' | 'transactLater' | 'write' | 'settled' | 'hasten' | 'afterChange' | 'afterCommit' | 'commits'
> & {
  /** Commits what is open before the store is closed, and waits for the disk; nothing else runs meanwhile. */
  readonly flush: () => void;
};

export type BatchOptions = {
  readonly database: DatabaseSync;
  readonly disk: Disk;
  readonly witness: Pick<Witness, 'count' | 'note'>;
  readonly onFailure: (error: Error) => void;
};

/** One transaction, and the callers that wait until it is on disk; `isAwaited` says whether there are any. */
type Group = PromiseWithResolvers<void> & { readonly actions: (() => void)[]; isAwaited: boolean };

/** How long a change waits for one that a caller waits for, to go to disk with it. */
const MAX_DELAY_MILLISECONDS = 100;

/**
 * Group commit: what is written in one turn of the event loop, and while the disk is busy with the turns before,
 * shares one transaction and one sync. The sync runs beside the event loop, so that only callers
 * that need the disk wait for it.
 */
export function createBatch({ database, disk, witness, onFailure }: BatchOptions): Batch {
  let open: Group | null = null;
  let syncing: Group | null = null;
  let commits = 0;
  let depth = 0;
  const changed: (() => void)[] = [];

  function begin(): Group {
    if (open !== null) return open;
    database.exec('BEGIN IMMEDIATE');
    open = { ...Promise.withResolvers<void>(), actions: [], isAwaited: false };
    open.promise.catch(() => {}); // callers that wait get the error; not every caller waits
    return open;
  }

  function hasten(): void {
    if (open === null || open.isAwaited) return;
    open.isAwaited = true;
    setImmediate(commitWhenIdle);
  }

  /** Within another change the outer one says how soon it must be on disk. */
  function hastenWithin(milliseconds: number): void {
    if (depth > 0 || open?.isAwaited !== false) return;
    if (milliseconds === 0) return hasten();
    const group = open;
    setTimeout(() => {
      if (open === group) hasten();
    }, milliseconds);
  }

  function commitWhenIdle(): void {
    if (open === null || syncing !== null || !open.isAwaited) return;
    syncing = open;
    open = null;
    void finish(syncing, () => {
      commits += 1;
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

  function transactWithin<T>(milliseconds: number, change: () => T): T {
    const { actions } = begin();
    const [actionsBefore, changedBefore] = [actions.length, changed.length];
    depth += 1;
    database.exec('SAVEPOINT change');
    try {
      const result = change();
      database.exec('RELEASE change');
      return result;
    } catch (error) {
      database.exec('ROLLBACK TO change; RELEASE change');
      actions.length = actionsBefore;
      changed.length = changedBefore;
      throw error;
    } finally {
      depth -= 1;
      hastenWithin(milliseconds);
      if (depth === 0) for (const action of changed.splice(0)) queueMicrotask(action);
    }
  }

  const transact = <T>(change: () => T): T => transactWithin(0, change);
  const settled = () => (open?.isAwaited === true ? open : syncing)?.promise ?? Promise.resolve();
  return {
    transact,
    transactLater: (change) => transactWithin(MAX_DELAY_MILLISECONDS, change),
    hasten,
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
      hasten();
      await settled();
      return result;
    },
    settled,
    commits: () => commits,
    afterChange: (action) => {
      if (depth === 0) queueMicrotask(action);
      else changed.push(action);
    },
    afterCommit: (action) => {
      const group = open ?? syncing;
      if (group === null) setImmediate(action);
      else group.actions.push(action);
    },
  };
}
