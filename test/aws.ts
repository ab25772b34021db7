import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

// `npm run test:aws [outputs.json]`: the journeys of an order, and the protocol's rules, against a deployed stack.

const ROOT = join(import.meta.dirname, '..');
const outputs = resolve(process.argv[2] ?? join(ROOT, 'outputs.json'));

if (!existsSync(outputs)) {
  console.error(`${outputs} does not exist: npm run deploy writes it, or name another file.`);
  process.exit(1);
}
const { status } = spawnSync(
  join(ROOT, 'node_modules/.bin/vitest'),
  ['run', 'test/journeys/orderApproval.test.ts', 'test/protocol', '--testNamePattern', 'on AWS'],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, COUNTERSIGN_OUTPUTS: outputs, PROTOCOL_OUTPUTS: outputs },
  },
);
process.exit(status ?? 1);
