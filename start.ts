import { join } from 'node:path';
import { startCli } from '@countersign/local-cloud/cli';

// `npm start`: the app on this machine, with its page.
const root = import.meta.dirname;
// npm runs a script in the root of the project, and says where it was called.
const isCalledByNpm = process.env['npm_lifecycle_event'] === 'start';
await startCli(withApprovers(process.argv.slice(2)), {
  name: "Countersign's local cloud",
  command: 'npm start --',
  data: '.countersign',
  from: (isCalledByNpm ? process.env['INIT_CWD'] : undefined) ?? process.cwd(),
  root,
  page: { script: join(root, 'web/build.ts'), folders: ['web', 'client'] },
});

/** People sign in only where the API takes tokens. The development issuer stands in for the one that is named here. */
function withApprovers(words: readonly string[]): readonly string[] {
  const hasPeople = words.some((word) => word.startsWith('--people'));
  const isSet = words.some((word) => /^(?:approvers=|--assembly)/.test(word)); // an assembly has its settings in it
  return hasPeople && !isSet
    ? [...words, '-c', 'approvers=oidc:https://people.example.com,countersign']
    : words;
}
