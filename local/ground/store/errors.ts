/** Why the data folder cannot be used. The message is the one line that the user sees. */
export class StoreUnusable extends Error {
  readonly type = 'StoreUnusable';
}

/** The store is not what was written into it. */
export class StoreDamaged extends StoreUnusable {}
