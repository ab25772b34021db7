import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MODULES = join(import.meta.dirname, '../../node_modules');

/** The package that brings a command. */
const PACKAGES = {
  cdk: 'aws-cdk',
  oxlint: 'oxlint',
  prettier: 'prettier',
  tsc: 'typescript',
  vitest: 'vitest',
} as const;

export type InstalledCommand = keyof typeof PACKAGES;

/** The file of an installed command, which Node runs. On Windows no program can be started from `node_modules/.bin`. */
export function installedCommand(command: InstalledCommand): string {
  const folder = join(MODULES, PACKAGES[command]);
  const { bin }: { bin: string | Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  return join(folder, typeof bin === 'string' ? bin : (bin[command] ?? ''));
}
