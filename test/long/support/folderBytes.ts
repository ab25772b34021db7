import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** How much the files of a folder hold, in bytes; `names` chooses some of them by their path inside the folder. */
export function folderBytes(folder: string, names = /./): number {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const chosen = entries.filter((name) => names.test(name));
  return chosen.map((name) => statSync(join(folder, name)).size).reduce((sum, size) => sum + size, 0);
}
