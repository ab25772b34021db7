import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../local/test/support/temporaryFolder.ts';
import { installedCommand } from '../support/installedCommand.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A line of the table in infra/grantPermissions.ts, and what stands around it there. */
const GRANT = /^'steps\/\w+': \(to, /;
const BEFORE_GRANT = `import { Aws } from 'aws-cdk-lib/core';
import type { Granting } from '${ROOT}/infra/grantPermissions.ts';
import type { HandlerFunction } from '${ROOT}/infra/handlerFunction.ts';
type Grant = (to: HandlerFunction, from: Granting) => void;
declare const end: Grant;
export const grants: Readonly<Record<string, Grant>> = {`;

/** What the reader of a page has before its first example. */
const GIVEN = `declare const client: import('${ROOT}/client/countersign.ts').Client;
declare const createClient: typeof import('${ROOT}/client/countersign.ts').createClient;
declare const url: string;
declare const apiKey: string;
declare const orderId: string;
declare const nextToken: string;
declare const signal: AbortSignal;
declare const session: { idToken(): string };
// Packages that only a user of them installs.
declare module '@aws-sdk/client-dynamodb';
declare module '@aws-sdk/client-secrets-manager';
`;

const OPTIONS = {
  extends: join(ROOT, 'tsconfig.json'),
  compilerOptions: {
    noUnusedLocals: false,
    paths: {
      '@countersign/client': [join(ROOT, 'client/countersign.ts')],
      '@countersign/client/react': [join(ROOT, 'client/react.ts')],
    },
  },
  include: ['*', join(ROOT, 'client/react/react.d.ts')],
  exclude: ['node_modules'],
};

test.each(['docs/own-work.md', 'docs/client.md'])('the TypeScript of %s compiles as it stands', (page) => {
  const folder = temporaryFolder();
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(OPTIONS));
  writeFileSync(join(folder, 'given.d.ts'), GIVEN);
  const examples = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^```(tsx?)\n([^]*?)^```/gm)];
  for (const [index, [, type, text = '']] of examples.entries()) {
    const [before, after] = GRANT.test(text) ? [BEFORE_GRANT, '};'] : ['', 'export {};'];
    const placed = text.replace("'../order/work.ts'", `'${ROOT}/functions/order/work.ts'`); // in functions/work/
    writeFileSync(join(folder, `example${index}.${type}`), `${before}\n${placed}\n${after}\n`);
  }

  const words = [installedCommand('tsc'), '--project', folder];
  const { stdout } = spawnSync(process.execPath, words, { encoding: 'utf8' });

  expect(examples.length).toBeGreaterThan(6);
  expect(stdout).toBe('');
});
