import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { postGraphql, startCloud } from '@countersign/local-cloud/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../local/test/support/temporaryFolder.ts';
import { installedCommand } from '../support/installedCommand.ts';
import { launchBrowser } from '../web/support/browser.ts';
import { createOpenPage } from '../web/support/openPage.ts';

const ROOT = join(import.meta.dirname, '../..');
const NOT_COPIED = ['node_modules', '.git', '.countersign', 'cdk.out', 'dist', 'artefacts', 'results'];
const STALE =
  'Warning: schema.generated.ts and client/schema.generated.ts do not have the types of schema.graphql: run npm run codegen.';

const browser = await launchBrowser();

type Change = { readonly file: string; readonly lines: readonly string[] };

/** The changes of docs/add-a-field.md, in order: a file's name in a line of its own, and a diff below it. */
function changesOfThePage(): readonly Change[] {
  const page = readFileSync(join(ROOT, 'docs/add-a-field.md'), 'utf8');
  return [...page.matchAll(/^`([^`\n]+)`\n\n```diff\n([\s\S]*?)\n```$/gm)].map(
    ([, file = '', diff = '']) => ({
      file,
      lines: diff.split('\n'),
    }),
  );
}

/** Refuses a diff whose lines do not stand in the file, or stand there twice. */
function apply(root: string, { file, lines }: Change): void {
  const text = readFileSync(join(root, file), 'utf8');
  const linesWithout = (mark: string) =>
    lines
      .filter((line) => !line.startsWith(mark))
      .map((line) => line.slice(1))
      .join('\n');
  const [before, after] = [linesWithout('+'), linesWithout('-')];
  if (text.split(before).length !== 2) throw new Error(`${file} does not have once:\n${before}`);
  writeFileSync(
    join(root, file),
    text.replace(before, () => after),
  );
}

function copyOfTheProject(): string {
  const copy = join(temporaryFolder(), 'project');
  cpSync(ROOT, copy, { recursive: true, filter: (path) => !NOT_COPIED.includes(basename(path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function runIn(root: string, program: string, ...words: readonly string[]): string {
  const all = [program, ...words];
  const { stdout, stderr } = spawnSync(process.execPath, all, { cwd: root, encoding: 'utf8' });
  return `${stdout}${stderr}`;
}

test('docs/add-a-field.md changes twelve files, as it says', () => {
  expect(new Set(changesOfThePage().map(({ file }) => file)).size).toBe(12);
});

describe.skipIf(browser === null)('docs/add-a-field.md', () => {
  const openPage = createOpenPage(browser);

  test('adds a field from the schema to the page, and a start warns until its types are made', async () => {
    const root = copyOfTheProject();
    const [schema, others] = [
      changesOfThePage().filter(({ file }) => file === 'schema.graphql'),
      changesOfThePage().filter(({ file }) => file !== 'schema.graphql'),
    ];
    for (const change of schema) apply(root, change);
    const cloud = await startCloud({ app: root, program: ['run.js', 'start.ts'], testControls: false });
    onTestFinished(cloud.remove);
    await cloud.end('SIGTERM');

    for (const change of others) apply(root, change);
    runIn(root, 'run.js', 'codegen.ts');
    const mistakes = runIn(root, installedCommand('tsc'), '--noEmit')
      .split('\n')
      .filter((line) => /^\S+\(\d+,\d+\): error/.test(line) && !line.startsWith('test/'));
    await cloud.start();
    const page = await openPage(cloud.endpoint());
    await page.getByRole('button', { name: 'New order' }).click();
    await page.getByLabel('What is it about?').fill('Twelve office chairs');
    await page.getByLabel('Who asks for it?').fill('Grace');
    await page.getByLabel('Priority').fill('HIGH');
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByText('Priority HIGH').waitFor();

    expect(cloud.printed().match(/^Warning: .*$/gm)).toEqual([STALE]);
    expect(mistakes).toEqual([]);
    const { GraphQLUrl: graphqlUrl = '', ApiKey = '' } = cloud.outputs();
    const orderId = new URL(page.url()).hash.split('/').at(-1);
    const query = JSON.stringify({ query: `{ order(orderId: "${orderId}") { priority } }` });
    const { body } = await postGraphql({ graphqlUrl }, query, { 'x-api-key': ApiKey });
    expect(body).toEqual({ data: { order: { priority: 'HIGH' } } });
    expect(page.problems).toEqual([]);
  }, 180_000);
});
