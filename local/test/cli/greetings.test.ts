import { cpSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { startCloud, type TestCloud } from '@countersign/local-cloud/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const PACKAGE = join(import.meta.dirname, '../..');

/** A copy of the example, so that a test may change it. */
function copyExample(): string {
  const root = join(temporaryFolder(), 'greetings');
  cpSync(join(PACKAGE, 'examples/greetings'), root, { recursive: true });
  symlinkSync(join(PACKAGE, '../node_modules'), join(root, 'node_modules'));
  return root;
}

/** `local-cloud` in the folder of an app. */
async function start(app: string, ...flags: readonly string[]): Promise<TestCloud> {
  const cloud = await startCloud({ app, flags, testControls: false });
  onTestFinished(cloud.remove);
  return cloud;
}

async function greet(cloud: TestCloud): Promise<unknown> {
  const { ApiKey = '' } = cloud.outputs();
  const response = await fetch(`${cloud.endpoint()}/graphql`, {
    method: 'POST',
    headers: { 'x-api-key': ApiKey },
    body: JSON.stringify({ query: '{ greeting(name: "Ada") { text from } }' }),
  });
  return response.json();
}

/** As many editors save: a new file takes the place of the old one. */
function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

const answer = (text: string, from = 'the example') => ({ data: { greeting: { text, from } } });

describe('a CDK app that is not this project', () => {
  test('starts by its cdk.json, with settings of the command line, and takes up what is saved', async () => {
    const root = copyExample();
    const cloud = await start(root, '-c', 'sender=Grace');

    expect(await greet(cloud)).toEqual(answer('Hello Ada', 'Grace'));

    const code = join(root, 'functions/greet/index.mjs');
    replaceFile(code, readFileSync(code, 'utf8').replace('Hello', 'Good morning'));
    await cloud.until(/Updated in [\d.]+ s: functions\/greet\/index\.mjs/);
    expect(await greet(cloud)).toEqual(answer('Good morning Ada', 'Grace'));

    writeFileSync(code, readFileSync(code, 'utf8').replace('Good morning', 'Welcome'));
    await cloud.until(/Updated in [\d.]+ s: functions\/greet\/index\.mjs\n/);

    expect(await greet(cloud)).toEqual(answer('Welcome Ada', 'Grace'));

    const schema = join(root, 'schema.graphql');
    const good = readFileSync(schema, 'utf8');
    writeFileSync(schema, good.replace('from: String!', 'from: Strin!'));

    expect(await cloud.until(/Not updated; the previous version keeps running\.[^\n]*\n/)).toContain('Strin');
    expect(await greet(cloud)).toEqual(answer('Welcome Ada', 'Grace'));

    const resolver = join(root, 'resolvers/Query.greeting.js');
    writeFileSync(
      resolver,
      readFileSync(resolver, 'utf8').replace('return ctx.result', 'for (;;) {}\n  return ctx.result'),
    );
    writeFileSync(schema, good);

    expect(
      await cloud.until(/Not updated; [\s\S]*?Query\.greeting[^\n]*\n|Not updated; [^\n]*:\d+:\d+ [^\n]*\n/),
    ).toMatch(/:\d+:\d+ /);
    expect(await greet(cloud)).toEqual(answer('Welcome Ada', 'Grace'));

    expect(await cloud.end('SIGTERM')).toBe(0);
  });

  test.each([
    ['a cdk.json that is cut', '{"app": ', /^cdk\.json is not valid JSON: /m],
    ['a cdk.json without an app', '{}', /^cdk\.json has no "app": /m],
    [
      'an app that fails',
      '{"app": "node missing.ts"}',
      /^Could not synthesize the app:\s[\s\S]*missing\.ts/m,
    ],
  ])('says in words what is wrong with %s', async (_what, text, sentence) => {
    const broken = copyExample();
    writeFileSync(join(broken, 'cdk.json'), text);

    const starting = start(broken);

    await expect(starting).rejects.toMatchObject({ code: 1, printed: expect.stringMatching(sentence) });
  });

  test('says that there is no cdk.json', async () => {
    const starting = start(temporaryFolder());

    const sentence = /^There is no cdk\.json in .*--assembly\.$/m;
    await expect(starting).rejects.toMatchObject({ code: 1, printed: expect.stringMatching(sentence) });
  });
});

test('--host lets pages of that name in, and warns', async () => {
  const root = copyExample();
  const cloud = await start(root, '--host', 'desk.example');
  const { port } = new URL(cloud.endpoint());

  const statusFor = (host: string) =>
    new Promise((resolve) => {
      const headers = { host, origin: `http://${host}` };
      request({ port, path: '/config.json', headers }, ({ statusCode }) => resolve(statusCode)).end();
    });

  expect(cloud.printed()).toMatch(/^WARNING: --host desk\.example lets every machine/m);
  expect(await statusFor(`desk.example:${port}`)).toBe(200);
  expect(await statusFor(`other.example:${port}`)).toBe(403);
});
