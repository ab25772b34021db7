import { build } from 'esbuild';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ended, startProcess } from '../support/startProcess.ts';
import { temporaryFolder } from '../../local/test/support/temporaryFolder.ts';
import { writeAssembly } from '../support/writeAssembly.ts';

const ApiId = { 'Fn::GetAtt': ['Api', 'ApiId'] };
const Runtime = { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' };
const GOOD = 'export const request = () => ({});\nexport const response = (ctx) => ctx.result;\n';

const resolver = (FieldName: string, properties: object) => ({
  Type: 'AWS::AppSync::Resolver',
  Properties: { ApiId, TypeName: 'Query', FieldName, DataSourceName: 'none', Runtime, ...properties },
});

function start(resources: object) {
  const api = {
    Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'Api', AuthenticationType: 'API_KEY' } },
    Schema: {
      Type: 'AWS::AppSync::GraphQLSchema',
      Properties: { ApiId, Definition: 'type Query { one: Int two: Int }' },
    },
    None: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId, Name: 'none', Type: 'NONE' } },
  };
  const assembly = writeAssembly(temporaryFolder(), { ...api, ...resources });
  return ended(startProcess('--port', '0', '--data', temporaryFolder(), '--assembly', assembly));
}

/** A bundle of one source with an inline source map, as a stack carries it. */
async function bundle(name: string, source: string): Promise<string> {
  const root = temporaryFolder();
  writeFileSync(join(root, name), source);
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [name],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'esnext',
    sourcemap: 'inline',
    sourcesContent: false,
  });
  return outputFiles.map(({ text }) => text).join('');
}

describe('code that AppSync would refuse stops the start', () => {
  test('with resource, line, column and rule of every problem, of resolvers and of functions', async () => {
    const { code, lines } = await start({
      One: resolver('one', {
        Code: 'export function request(ctx) {\n  let n = 1;\n  n++;\n  throw n;\n}\nexport const response = () => 1;\n',
      }),
      Two: resolver('two', {
        Kind: 'PIPELINE',
        Code: GOOD,
        PipelineConfig: { Functions: [{ 'Fn::GetAtt': ['Step', 'FunctionId'] }] },
      }),
      Step: {
        Type: 'AWS::AppSync::FunctionConfiguration',
        Properties: {
          ApiId,
          Name: 'step',
          DataSourceName: 'none',
          Runtime,
          Code: `${GOOD}const later = () => fetch('http://localhost');\n`,
        },
      },
    });

    expect(code).toBe(1);
    expect(lines).toEqual([
      'Other/One:3:3 no-disallowed-unary-operators: ++ and -- are not supported by APPSYNC_JS.',
      'Other/One:4:3 no-throw: throw is not supported by APPSYNC_JS: use util.error.',
      'Other/Step:3:21 no-undeclared-globals: fetch does not exist in APPSYNC_JS.',
    ]);
  });

  test('with file and line of the source where the code carries a source map', async () => {
    const source =
      'type Input = { a: number };\nexport const request = (ctx: { args: Input }) =>\n  ~ctx.args.a;\nexport const response = () => 1;\n';

    const { code, lines } = await start({
      One: resolver('one', { Code: await bundle('Query.one.ts', source) }),
    });

    expect(code).toBe(1);
    expect(lines).toEqual([
      'Query.one.ts:3:3 no-disallowed-unary-operators: ~ is not supported by APPSYNC_JS.',
    ]);
  });

  test.each([
    [
      { Code: 'export const request = () => ({});' },
      /^Other\/One:1:1 missing-handler: .* no function response\.$/,
    ],
    [{ Code: 'export const = 1;' }, /^Other\/One:1:14 parser-error: /],
    [{ Code: `${GOOD}//${'x'.repeat(32_768)}` }, /^Other\/One:1:1 code-too-long: .* 32768 are allowed\.$/],
    [{ Code: `import '@aws-appsync/utils/rds';\n${GOOD}` }, /^Other\/One:1:1 not-supported-locally: /],
    [
      { Code: GOOD, Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '2.0.0' } },
      /^Other\/One .*APPSYNC_JS 2\.0\.0/,
    ],
    [{ DataSourceName: 'none' }, /^The resolver of Query\.one has no code\.$/],
    [
      { Code: GOOD, DataSourceName: 'other' },
      /^The resolver of Query\.one names the unknown data source other\.$/,
    ],
    [{ Kind: 'PIPELINE' }, /^The resolver of Query\.one has no code\.$/],
  ])('%j', async (properties, sentence) => {
    const { code, lines } = await start({ One: resolver('one', properties) });

    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(sentence)]);
  });
});
