import type { Store } from './store.ts';

/** A value that the data folder keeps, made when it is first asked for. */
export function keptValue(store: Store, name: string, make: () => string): string {
  const row = store.statement('SELECT value FROM cloud_meta WHERE name = ?').get(name);
  if (row !== undefined) return String(row['value']);
  const value = make();
  keepValue(store, name, value);
  return value;
}

export function keepValue(store: Store, name: string, value: string): void {
  store.transact(() =>
    store.statement('INSERT OR REPLACE INTO cloud_meta (name, value) VALUES (?, ?)').run(name, value),
  );
}
