import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';
import { promisify } from 'node:util';

/** Makes durable what was committed before the call. */
export type Disk = {
  readonly sync: () => Promise<void>;
  /** The same, and nothing else runs meanwhile. */
  readonly syncNow: () => void;
  /** Callers that still wait for a sync are served by one that is done here. */
  readonly close: () => void;
};

const syncData = promisify(fdatasync);

/**
 * What SQLite does after each commit with synchronous=FULL, a sync of the write-ahead log, in Node's thread pool.
 * The log keeps its inode for as long as the database is open: SQLite shortens it and begins it anew, and syncs its
 * new header itself (https://www.sqlite.org/pragma.html#pragma_synchronous: NORMAL).
 */
export function openDisk(writeAheadLog: string): Disk {
  const descriptor = openSync(writeAheadLog, 'r+');
  let underWay = 0;
  let isClosed = false;
  const end = () => {
    underWay -= 1;
    if (isClosed && underWay === 0) closeSync(descriptor);
  };
  return {
    sync: () => {
      underWay += 1;
      return syncData(descriptor).finally(end);
    },
    syncNow: () => fdatasyncSync(descriptor),
    close: () => {
      isClosed = true;
      if (underWay === 0) closeSync(descriptor);
    },
  };
}
