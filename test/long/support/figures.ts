import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** One figure of a long run, in a line that a reader finds among the runner's own. */
export function print(what: string, value: number, unit = 'ms'): void {
  const text = value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
  process.stdout.write(`FIGURE ${what}: ${text} ${unit}\n`);
}

/** How much the files of a folder hold, in bytes; `names` chooses some of them by their path inside the folder. */
export function folderBytes(folder: string, names = /./): number {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const chosen = entries.filter((name) => names.test(name));
  return chosen.map((name) => statSync(join(folder, name)).size).reduce((sum, size) => sum + size, 0);
}
