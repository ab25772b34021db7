import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

// `npm run test:long`: what takes minutes, by the same runner.

const ROOT = join(import.meta.dirname, '..');
const words = ['run', '--config', join(ROOT, 'test/long/vitest.config.ts')];
const { status } = spawnSync(join(ROOT, 'node_modules/.bin/vitest'), words, { cwd: ROOT, stdio: 'inherit' });
process.exit(status ?? 1);
