import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { ended, startProcess } from '../support/startProcess.ts';
import { temporaryFolder } from '../../local/test/support/temporaryFolder.ts';
import { writeAssembly } from '../support/writeAssembly.ts';

const start = (...words: readonly string[]) => ended(startProcess(...words));

describe('a start that cannot succeed says why in one line and exits with an error', () => {
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud();
    return cloud.remove;
  });

  test('a taken port', async () => {
    const { code, lines } = await start(
      '--port',
      new URL(cloud.endpoint()).port,
      '--data',
      temporaryFolder(),
    );

    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^The port \d+ is taken: .*--port/)]);
  });

  test('a data folder that another process uses', async () => {
    const { code, lines } = await start('--port', '0', '--data', cloud.data);

    expect(code).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(
        /^Another process uses the data folder .* It answers at http:\/\/localhost:\d+\.$/,
      ),
    ]);
  });

  test('a bad flag', async () => {
    const { code, lines } = await start('--prot', '4000');

    expect(code).toBe(2);
    expect(lines).toEqual([expect.stringContaining("'--prot'")]);
  });

  test.each([
    ['that is a file', () => 'hosts', /is not a folder: choose another with --data/],
    ['that holds other files', () => '.', /is neither empty nor a data folder: it holds hosts\./],
    ['in a file', () => 'hosts/data', /cannot be written \(ENOTDIR/],
    ['in a file system of the kernel', () => '/proc/data', /cannot be written \(ENOENT/],
    ['that all users share', () => tmpdir(), /is shared by all users of this machine/],
    ['with a name that is too long', () => 'x'.repeat(300), /cannot be written \(ENAMETOOLONG/],
  ])('a data folder %s', async (_what, data, sentence) => {
    const parent = temporaryFolder();
    writeFileSync(join(parent, 'hosts'), '');

    const { code, lines } = await start('--port', '0', '--data', resolve(parent, data()));

    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(sentence)]);
  });

  test('a store that is damaged, again and again, and the file is named', async () => {
    const data = temporaryFolder();
    writeFileSync(join(data, 'store.sqlite'), 'x'.repeat(8192));

    const first = await start('--port', '0', '--data', data);
    const second = await start('--port', '0', '--data', data);

    expect(first.code).toBe(1);
    expect(first.lines).toEqual([
      expect.stringContaining(`The store ${join(data, 'store.sqlite')} is damaged: `),
    ]);
    expect(second).toEqual(first);
    expect(existsSync(join(data, 'outputs.json'))).toBe(false);
  });

  test('no cloud assembly', async () => {
    const { code, lines } = await start(
      '--port',
      '0',
      '--data',
      temporaryFolder(),
      '--assembly',
      temporaryFolder(),
    );

    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/is not a cloud assembly: it has no manifest.json/)]);
  });

  test.each([
    ['a folder that is not there', null, /assembly is not a folder. Run cdk synth/],
    ['a manifest that is cut', { 'manifest.json': '{"version":' }, /manifest.json .* is not valid JSON/],
    [
      'a stack without its template',
      { 'manifest.json': '{"artifacts":{"A":{"type":"aws:cloudformation:stack"}}}' },
      /A\.template\.json of the cloud assembly does not exist/,
    ],
    [
      'a nested assembly',
      { 'manifest.json': '{"artifacts":{"Stage":{"type":"cdk:cloud-assembly"}}}' },
      /Nested cloud assemblies .*: Stage/,
    ],
  ])('a cloud assembly with %s', async (_what, files, sentence) => {
    const assembly = join(temporaryFolder(), 'assembly');
    if (files !== null) {
      mkdirSync(assembly);
      for (const [name, content] of Object.entries(files)) writeFileSync(join(assembly, name), content);
    }

    const { code, lines } = await start('--port', '0', '--data', temporaryFolder(), '--assembly', assembly);

    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(sentence)]);
  });

  test.each([
    [{ Table: { Type: 'AWS::DynamoDB::Table' } }, /Other\/Table .*AWS::DynamoDB::Table/],
    [
      { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::ImportValue': 'x' } } } },
      /^Other\/Queue \(AWS::SQS::Queue\): .*Fn::ImportValue is not supported/,
    ],
    [
      { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Queue' } } } },
      /^Other\/Queue .*circular reference: Queue -> Queue/,
    ],
    [{ Stack: { Type: 'AWS::CloudFormation::Stack' } }, /Other\/Stack .*AWS::CloudFormation::Stack/],
    [
      { Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: { AuthenticationType: 'API_KEY' } } },
      /Other\/Api .*an API without a schema/,
    ],
    [
      {
        Old: { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'python3.12', Code: { ZipFile: '' } } },
      },
      /Other\/Old .*python3\.12/,
    ],
    [
      {
        Machine: {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: { DefinitionString: '{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"}}}' },
        },
      },
      /'B'|B.*Next|Next/,
    ],
  ])('%j', async (resources, sentence) => {
    const { code, lines } = await start(
      '--port',
      '0',
      '--data',
      temporaryFolder(),
      '--assembly',
      writeAssembly(temporaryFolder(), resources),
    );

    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(sentence)]);
  });
});
