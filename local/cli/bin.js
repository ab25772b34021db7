#!/usr/bin/env node
// The command `local-cloud`, in the folder of a CDK app. Plain JavaScript, so that an old Node is one sentence.

const MIN_NODE_MAJOR = 24;

if (Number(process.versions.node.split('.')[0]) < MIN_NODE_MAJOR) {
  console.error(
    `Node ${process.versions.node} is too old: the local cloud needs Node ${MIN_NODE_MAJOR} or later.`,
  );
  process.exit(1);
}
const { startCli } = await import('./startCli.ts');
await startCli(process.argv.slice(2), {
  name: 'Runs a CDK app on this machine',
  command: 'local-cloud',
  data: '.local-cloud',
  from: process.cwd(),
  root: process.cwd(),
  page: null,
});
