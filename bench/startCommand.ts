import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `npm start` gives to Node: options for V8, and the program. */
export function startCommand(): readonly string[] {
  const file = join(import.meta.dirname, '../package.json');
  const { scripts }: { scripts: { start: string } } = JSON.parse(readFileSync(file, 'utf8'));
  return scripts.start.replace(/^.*? node /, '').split(' ');
}
