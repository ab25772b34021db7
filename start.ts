import { join } from 'node:path';
import { startCli } from '@countersign/local-cloud/cli';

// `npm start`: the app on this machine, with its page.
const root = import.meta.dirname;
await startCli(process.argv.slice(2), {
  name: "Countersign's local cloud",
  command: 'npm start --',
  data: '.countersign',
  root,
  pageScript: join(root, 'web/build.ts'),
});
