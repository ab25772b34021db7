import { cdk } from './cdk.ts';
import { runCommand } from './runCommand.ts';

// `npm run diff [-- -c NAME=VALUE …]`: what a deployment would change.

await runCommand({
  usage: 'npm run diff [-- -c NAME=VALUE …]: shows what a deployment would change.',
  run: (words) => cdk('diff', '--all', ...words),
});
