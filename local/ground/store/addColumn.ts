import type { DatabaseSync } from 'node:sqlite';

export type Column = { readonly table: string; readonly column: string; readonly type: string };

/** Gives a table a column that stores made by an earlier version do not have. */
export function addColumn(database: DatabaseSync, { table, column, type }: Column): void {
  const known = database.prepare('SELECT 1 FROM pragma_table_info(?) WHERE name = ?').get(table, column);
  if (known === undefined) database.exec(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
}
