import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from '@jridgewell/sourcemap-codec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleFolder, bundleFunctions } from '../../infra/bundle/bundleFunctions.ts';
import { classNames, withClassNames } from '../../infra/bundle/classNames.ts';
import { bundleResolvers, RESOLVERS } from '../../infra/bundle/bundleResolvers.ts';
import { runBundler } from '../../infra/bundle/runBundler.ts';
import { HANDLERS, type Handler } from '../../infra/handlers.ts';
import { checkCode } from '../../local/services/appsync/javascript/checkCode.ts';
import { temporaryFolder } from '../../local/test/support/temporaryFolder.ts';

const ROOT = join(import.meta.dirname, '../..');
const MAX_BYTES = 360 * 1024;
const MAX_CHARACTERS = 32_768; // AppSync's limit for the code of a resolver

describe('the bundles of the functions', () => {
  const output = mkdtempSync(join(tmpdir(), 'countersign-bundles-'));
  const sizes = new Map<string, number>();
  const texts = new Map<string, string>();

  beforeAll(async () => {
    await bundleFunctions(ROOT, output);
    for (const handler of HANDLERS) {
      const files = readdirSync(bundleFolder(output, handler)).map((name) =>
        join(bundleFolder(output, handler), name),
      );
      sizes.set(
        handler,
        files.reduce((sum, file) => sum + statSync(file).size, 0),
      );
      texts.set(handler, files.map((file) => readFileSync(file, 'utf8')).join('\n'));
    }
  });

  afterAll(() => rmSync(output, { recursive: true, force: true }));

  const textOf = (handler: Handler): string => texts.get(handler) ?? '';

  test.each(HANDLERS)('%s is at most 360 KB, source maps included', (handler) => {
    expect(sizes.get(handler)).toBeGreaterThan(100);
    expect(sizes.get(handler)).toBeLessThanOrEqual(MAX_BYTES);
  });

  test.each(HANDLERS)('%s has source maps of its own code and of nothing else, in a few bytes', (handler) => {
    const folder = bundleFolder(output, handler);
    const maps = readdirSync(folder).filter((name) => name.endsWith('.map'));
    const texts = maps.map((name) => readFileSync(join(folder, name), 'utf8'));
    const sources = texts.flatMap((text): readonly string[] => JSON.parse(text).sources);

    expect(sources).toContain(`functions/${handler}.ts`);
    expect(sources.filter((source) => !/^functions\/[\w/]+\.ts$/.test(source))).toEqual([]);
    expect(texts.join('').length).toBeLessThan(16_384);
  });

  test.each(HANDLERS)('%s names a source map only where it has one', (handler) => {
    const folder = bundleFolder(output, handler);
    const names = readdirSync(folder);
    const named = names.flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/^\/\/# sourceMappingURL=(\S+)$/gm)].map(
        ([, map]) => map,
      ),
    );

    expect(named.toSorted()).toEqual(names.filter((name) => name.endsWith('.map')).toSorted());
  });

  test('carry no operation of S3 that no function calls', () => {
    const others = HANDLERS.filter((handler) => /PutBucketAcl|ListMultipartUploads/.test(textOf(handler)));

    expect(others).toEqual([]);
  });

  test('have no way to credentials but the environment', () => {
    const others = HANDLERS.filter((handler) =>
      /AWS_WEB_IDENTITY|CredentialsProviderChain/.test(textOf(handler)),
    );

    expect(others).toEqual([]);
  });

  test("load Node's own modules without the ES facades that load all of undici, too", () => {
    const others = HANDLERS.filter((handler) => /(from|import\(?)\s*"node:/.test(textOf(handler)));

    expect(others).toEqual([]);
  });

  test('carry the client of Step Functions only where an execution is started or resumed', () => {
    const withStepFunctions = HANDLERS.filter((handler) => textOf(handler).includes('com.amazonaws.sfn'));

    expect(withStepFunctions).toEqual([
      'api/processOrder',
      'api/confirmOrder',
      'api/cancelOrder',
      'steps/storeTaskToken',
      'recovery/recordsCreated',
    ]);
  });
});

test('every resolver is small enough for AppSync, and imports nothing else', async () => {
  const bundles = await bundleResolvers(ROOT);

  for (const resolver of RESOLVERS) {
    expect(bundles[resolver].length).toBeLessThanOrEqual(MAX_CHARACTERS);
    const imports = [...bundles[resolver].matchAll(/from "([^"]+)"/g)].map(([, name]) => name);
    expect(imports.filter((name) => name !== '@aws-appsync/utils')).toEqual([]);
    expect(bundles[resolver]).toMatch(/export \{\s+request,\s+response\s+\}/);
  }
});

test('names the file and line of a resolver that AppSync would refuse', async () => {
  const { 'Query.order': code } = await bundleResolvers(ROOT);

  const [problem] = checkCode(
    code.replace('response(ctx) {', 'response(ctx) { while (true) {}'),
    'Query.order',
  );

  expect(problem).toMatchObject({ file: 'resolvers/Query.order.ts', rule: 'no-while' });
});

test('keeps the names of classes, which Lambda logs as the type of an error, in the lines where they stand', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'functions'));
  const source =
    'class WarehouseBusy extends Error {}\n\nexport const fail = () => {\n  throw new WarehouseBusy("no");\n};\n';
  writeFileSync(join(root, 'functions/work.ts'), source);
  const [entryPoints, outdir] = [['functions/work.ts'], join(root, 'bundles')];
  const options = { entryPoints, outdir, minify: true, sourcemap: 'external' } as const;

  const { outputFiles } = await runBundler(root, { ...options, plugins: [classNames] });

  const text = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  writeFileSync(join(root, 'work.mjs'), text('.js'));
  const { fail } = await import(join(root, 'work.mjs'));
  expect(fail).toThrow(expect.toSatisfy((error: Error) => error.constructor.name === 'WarehouseBusy'));
  expect(text('.js')).toMatch(/var \w=class extends Error/);
  expect(
    decode(JSON.parse(text('.map')).mappings)
      .flat()
      .map(([, , line]) => line),
  ).toContain(3);
});

test.each([
  ['class Busy<T> extends Error {', "class Busy<T> extends Error { static name = 'Busy';"],
  ['class Busy extends Failure<string> {', "class Busy extends Failure<string> { static name = 'Busy';"],
  [
    'class Busy extends Error implements Told {',
    "class Busy extends Error implements Told { static name = 'Busy';",
  ],
  ['class Queue {', 'class Queue {'],
])('keeps the name of %s', (head, expected) => {
  expect(withClassNames(head)).toBe(expected);
});

test('tells a mistake in a source by file and line', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'functions'));
  writeFileSync(join(root, 'functions/broken.ts'), 'export const one = 1;\nexport const = 2;\n');

  const bundling = runBundler(root, { entryPoints: ['functions/broken.ts'], outdir: 'bundles' });

  await expect(bundling).rejects.toThrow('functions/broken.ts:2:13: Expected identifier but found "="');
});
