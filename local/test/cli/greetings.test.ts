import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { cpSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
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

type Command = {
  readonly child: ChildProcessWithoutNullStreams;
  /** Resolves when a line that has not been waited for matches; rejects when the process ends before. */
  readonly until: (line: RegExp) => Promise<string>;
  readonly ended: Promise<number | null>;
};

/** `local-cloud` in the folder of an app. */
function start(root: string, ...words: readonly string[]): Command {
  const child = spawn(process.execPath, [join(PACKAGE, 'cli/bin.ts'), '--port', '0', ...words], {
    cwd: root,
  });
  let unread = '';
  const look = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      unread += chunk.toString('utf8');
      for (const one of look) one();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const until = (line: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const check = () => {
        const found = line.exec(unread);
        if (found === null) return;
        look.delete(check);
        unread = unread.slice(found.index + found[0].length);
        resolve(found[0]);
      };
      look.add(check);
      check();
      void ended.then(() => reject(new Error(`It ended without ${String(line)}: ${unread}`)));
    });
  return { child, until, ended };
}

async function greet(root: string): Promise<unknown> {
  const outputs = JSON.parse(readFileSync(join(root, '.local-cloud/outputs.json'), 'utf8'));
  const endpoint = readFileSync(join(root, 'address'), 'utf8');
  const response = await fetch(`${endpoint}/graphql`, {
    method: 'POST',
    headers: { 'x-api-key': outputs.Greetings.ApiKey },
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
    const cloud = start(root, '-c', 'sender=Grace');
    onTestFinished(() => void cloud.child.kill('SIGKILL'));
    const [address] =
      /http:\/\/localhost:\d+/.exec(await cloud.until(/GraphQL +http:\/\/localhost:\d+/)) ?? [];
    await cloud.until(/Stop with/);
    writeFileSync(join(root, 'address'), String(address));

    expect(await greet(root)).toEqual(answer('Hello Ada', 'Grace'));

    const code = join(root, 'functions/greet/index.mjs');
    replaceFile(code, readFileSync(code, 'utf8').replace('Hello', 'Good morning'));
    await cloud.until(/Updated in [\d.]+ s: functions\/greet\/index\.mjs/);
    expect(await greet(root)).toEqual(answer('Good morning Ada', 'Grace'));

    writeFileSync(code, readFileSync(code, 'utf8').replace('Good morning', 'Welcome'));
    await cloud.until(/Updated in [\d.]+ s: functions\/greet\/index\.mjs\n/);

    expect(await greet(root)).toEqual(answer('Welcome Ada', 'Grace'));

    const schema = join(root, 'schema.graphql');
    const good = readFileSync(schema, 'utf8');
    writeFileSync(schema, good.replace('from: String!', 'from: Strin!'));

    expect(await cloud.until(/Not updated; what ran before goes on\.[^\n]*\n/)).toContain('Strin');
    expect(await greet(root)).toEqual(answer('Welcome Ada', 'Grace'));

    const resolver = join(root, 'resolvers/Query.greeting.js');
    writeFileSync(
      resolver,
      readFileSync(resolver, 'utf8').replace('return ctx.result', 'for (;;) {}\n  return ctx.result'),
    );
    writeFileSync(schema, good);

    expect(
      await cloud.until(/Not updated; [\s\S]*?Query\.greeting[^\n]*\n|Not updated; [^\n]*:\d+:\d+ [^\n]*\n/),
    ).toMatch(/:\d+:\d+ /);
    expect(await greet(root)).toEqual(answer('Welcome Ada', 'Grace'));

    cloud.child.kill('SIGTERM');
    expect(await cloud.ended).toBe(0);
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
    const cloud = start(broken);

    await cloud.until(sentence);

    expect(await cloud.ended).toBe(1);
  });

  test('says that there is no cdk.json', async () => {
    const cloud = start(temporaryFolder());

    await cloud.until(/^There is no cdk\.json in .*--assembly\.$/m);

    expect(await cloud.ended).toBe(1);
  });
});

test('--host lets pages of that name in, and warns', async () => {
  const root = copyExample();
  const cloud = start(root, '--host', 'desk.example');
  onTestFinished(() => void cloud.child.kill('SIGKILL'));
  const [, port] = /localhost:(\d+)/.exec(await cloud.until(/GraphQL +http:\/\/localhost:\d+/)) ?? [];
  await cloud.until(/WARNING: --host desk\.example lets every machine/);

  const statusFor = (host: string) =>
    new Promise((resolve) => {
      const headers = { host, origin: `http://${host}` };
      request({ port, path: '/config.json', headers }, ({ statusCode }) => resolve(statusCode)).end();
    });

  expect(await statusFor(`desk.example:${port}`)).toBe(200);
  expect(await statusFor(`other.example:${port}`)).toBe(403);
});
