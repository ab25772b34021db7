import type { Store } from '../../../../ground/store/store.ts';

export type Tag = { readonly key: string; readonly value: string };

/** The tags of machines, in the order of their keys. */
export type TagStore = {
  readonly of: (machineId: number) => readonly Tag[];
  /** Adds tags and replaces those with the same keys. */
  readonly add: (machineId: number, tags: readonly Tag[]) => void;
  readonly remove: (machineId: number, keys: readonly string[]) => void;
};

export function createTagStore(store: Store): TagStore {
  return {
    of: (machineId) =>
      store
        .statement('SELECT key, value FROM sfn_tags WHERE machine = ? ORDER BY key')
        .all(machineId)
        .map((row) => ({ key: String(row['key']), value: String(row['value']) })),
    add: (machineId, tags) => {
      const insert = store.statement(
        'INSERT OR REPLACE INTO sfn_tags (machine, key, value) VALUES (?, ?, ?)',
      );
      for (const { key, value } of tags) insert.run(machineId, key, value);
    },
    remove: (machineId, keys) => {
      const remove = store.statement('DELETE FROM sfn_tags WHERE machine = ? AND key = ?');
      for (const key of keys) remove.run(machineId, key);
    },
  };
}
