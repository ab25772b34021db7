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

/** Changes within changes, and what follows them. The outermost one says how soon all of them must be on disk. */
export function createBatch(options: BatchOptions): Batch {
  const { database } = options;
  const groups = createGroups(options);
  const { hasten, settled, flush, commits, afterCommit } = groups;
  let depth = 0;
  const changed: (() => void)[] = [];

  function transactWithin<T>(milliseconds: number, change: () => T): T {
    const { actions } = groups.begin();
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
      if (depth === 0) groups.hastenWithin(milliseconds);
      if (depth === 0) for (const action of changed.splice(0)) queueMicrotask(action);
    }
  }

  const transact = <T>(change: () => T): T => transactWithin(0, change);
  return {
    transact,
    transactLater: (change) => transactWithin(MAX_DELAY_MILLISECONDS, change),
    write: async (change) => {
      const result = transact(change);
      hasten();
      await settled();
      return result;
    },
    afterChange: (action) => {
      if (depth === 0) queueMicrotask(action);
      else changed.push(action);
    },
    hasten,
    settled,
    flush,
    commits,
    afterCommit,
  };
}

type Groups = Pick<Batch, 'hasten' | 'settled' | 'flush' | 'commits' | 'afterCommit'> & {
  /** The group that is open, or a new one. */
  readonly begin: () => Group;
  /** Hastens the open group, at the latest in so many milliseconds. */
  readonly hastenWithin: (milliseconds: number) => void;
};

/**
 * Group commit: what is written in one turn of the event loop, and while the disk is busy with the turns before,
 * shares one transaction and one sync. The sync runs beside the event loop, so that only callers
 * that need the disk wait for it.
 */
function createGroups(options: BatchOptions): Groups {
  const { database, disk, onFailure } = options;
  const toDisk = createCommits(options);
  let open: Group | null = null;
  let syncing: Group | null = null;

  function hasten(): void {
    if (open === null || open.isAwaited) return;
    open.isAwaited = true;
    setImmediate(commitWhenIdle);
  }

  function commitWhenIdle(): void {
    if (open === null || syncing !== null || !open.isAwaited) return;
    syncing = open;
    open = null;
    void finish(syncing);
  }

  async function finish(group: Group): Promise<void> {
    try {
      await toDisk.commit();
    } catch (error) {
      group.reject(error);
      return onFailure(error instanceof Error ? error : new Error(String(error)));
    }
    if (syncing === group) syncing = null;
    group.resolve();
    for (const action of group.actions) action();
    if (open !== null) setImmediate(commitWhenIdle);
  }

  return {
    begin: () => {
      if (open !== null) return open;
      database.exec('BEGIN IMMEDIATE');
      open = newGroup();
      return open;
    },
    hasten,
    hastenWithin: (milliseconds) => {
      if (open?.isAwaited !== false) return;
      if (milliseconds === 0) return hasten();
      const group = open;
      setTimeout(() => {
        if (open === group) hasten();
      }, milliseconds);
    },
    flush: () => {
      if (open === null) return disk.syncNow();
      const group = open;
      open = null;
      toDisk.commitNow();
      group.resolve(); // its actions are dropped, as by a crash: they would write into a store that is closing
    },
    settled: () => (open?.isAwaited === true ? open : syncing)?.promise ?? Promise.resolve(),
    commits: toDisk.commits,
    afterCommit: (action) => {
      const group = open ?? syncing;
      if (group === null) setImmediate(action);
      else group.actions.push(action);
    },
  };
}

function newGroup(): Group {
  const group = { ...Promise.withResolvers<void>(), actions: [], isAwaited: false };
  group.promise.catch(() => {}); // callers that wait get the error; not every caller waits
  return group;
}

/** Commits the open transaction and waits for the disk, with a note to the witness before and after. */
function createCommits({ database, disk, witness }: BatchOptions) {
  let commits = 0;
  return {
    commits: () => commits,
    commit: async (): Promise<void> => {
      commits += 1;
      witness.count();
      database.exec('COMMIT');
      await disk.sync();
      witness.note();
    },
    /** Nothing else runs meanwhile. */
    commitNow: (): void => {
      witness.count();
      database.exec('COMMIT');
      disk.syncNow();
      witness.note();
    },
  };
}
