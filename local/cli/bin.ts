import { startCli } from './startCli.ts';

// The command `local-cloud`, in the folder of a CDK app.
await startCli(process.argv.slice(2), {
  name: 'Runs a CDK app on this machine',
  command: 'local-cloud',
  data: '.local-cloud',
  root: process.cwd(),
  page: null,
});
