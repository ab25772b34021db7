import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** How much the files of a folder hold, in bytes. */
export function folderBytes(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return entries.map((name) => statSync(join(folder, name))).reduce((sum, { size }) => sum + size, 0);
}
