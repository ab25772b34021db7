import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installedCommand } from './support/installedCommand.ts';

// `npm run test:long`: what takes minutes, by the same runner. `npm run test:long -- kill model` runs only those files.

const ROOT = join(import.meta.dirname, '..');
const words = [
  installedCommand('vitest'),
  'run',
  '--config',
  join(ROOT, 'test/long/vitest.config.ts'),
  ...process.argv.slice(2),
];
const { status } = spawnSync(process.execPath, words, { cwd: ROOT, stdio: 'inherit' });
process.exit(status ?? 1);
