import { cdk } from './cdk.ts';
import { runCommand } from './runCommand.ts';

// `npm run diff [-- -c NAME=VALUE …]`: what a deployment would change.

await runCommand(() => cdk('diff', '--all', ...process.argv.slice(2)));
