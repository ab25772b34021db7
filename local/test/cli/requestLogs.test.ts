import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCloud } from '@countersign/local-cloud/testing';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const PACKAGE = join(import.meta.dirname, '../..');

/** The example with a resolver and a function that say what they do, the key and a token included. */
function talkingExample(): string {
  const root = join(temporaryFolder(), 'greetings');
  cpSync(join(PACKAGE, 'examples/greetings'), root, { recursive: true });
  symlinkSync(join(PACKAGE, '../node_modules'), join(root, 'node_modules'));
  const resolver = join(root, 'resolvers/Query.greeting.js');
  const says = "console.log('asked for', ctx.args.name, ctx.request.headers['x-api-key']);";
  writeFileSync(
    resolver,
    readFileSync(resolver, 'utf8').replace('return { operation', `${says}\n  return { operation`),
  );
  const code = join(root, 'functions/greet/index.mjs');
  writeFileSync(
    code,
    `export const handler = async ({ name }) => {
  console.log('greets', name, 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJBZGEifQ.c2ln');
  return { text: name, from: 'a test' };
};
`,
  );
  return root;
}

test('answers what the resolver and the function of one request have logged, with the API key and without secrets', async () => {
  const cloud = await startCloud({ app: talkingExample(), testControls: false });
  onTestFinished(cloud.remove);
  const { ApiKey = '' } = cloud.outputs();
  const ask = () =>
    fetch(`${cloud.endpoint()}/graphql`, {
      method: 'POST',
      headers: { 'x-api-key': ApiKey },
      body: JSON.stringify({ query: '{ greeting(name: "Ada") { text } }' }),
    });
  const logsOf = (query: string, headers: Record<string, string> = { 'x-api-key': ApiKey }) =>
    fetch(`${cloud.endpoint()}/_local/logs${query}`, { headers });

  const answers = [await ask(), await ask()];
  const ids = answers.map(({ headers }) => headers.get('x-amzn-requestid'));
  const [first, second] = await Promise.all(ids.map(async (id) => (await logsOf(`?requestId=${id}`)).json()));

  expect(second).toEqual({
    requestId: ids[1],
    lines: [
      { source: 'Query.greeting', line: 'INFO asked for Ada [secret]' },
      {
        source: expect.stringContaining('Greet'),
        line: expect.stringMatching(/INFO\tgreets Ada \[secret\]$/),
      },
    ],
  });
  expect(first.lines).toHaveLength(2);
  expect(await (await logsOf('?requestId=unknown')).json()).toEqual({ requestId: 'unknown', lines: [] });
  expect((await logsOf('')).status).toBe(400);
  expect((await logsOf(`?requestId=${ids[0]}`, {})).status).toBe(401);
});
