import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { writeAssembly } from '../support/writeAssembly.ts';

const ROOT = join(import.meta.dirname, '../..');

async function start(
  ...words: readonly string[]
): Promise<{ code: number | null; lines: readonly string[] }> {
  const child = spawn(process.execPath, [join(ROOT, 'local/start.ts'), ...words], { cwd: ROOT });
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on('exit', resolve)),
  ]);
  return { code, lines: `${out}${err}`.trim().split('\n') };
}

describe('a start that cannot succeed says why in one line and exits with an error', () => {
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud();
  });
  afterAll(() => cloud.remove());

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
    expect(lines).toEqual([expect.stringMatching(/^Another process uses the data folder/)]);
  });

  test('a bad flag', async () => {
    const { code, lines } = await start('--prot', '4000');

    expect(code).toBe(2);
    expect(lines).toEqual([expect.stringContaining("'--prot'")]);
  });

  test('a folder that cannot be written', async () => {
    const parent = temporaryFolder();
    const file = join(parent, 'file');
    writeFileSync(file, '');
    mkdirSync(join(parent, 'locked'));
    chmodSync(join(parent, 'locked'), 0o500);

    const { code, lines } = await start('--port', '0', '--data', join(file, 'data'));

    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/cannot be written/)]);
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
    expect(lines).toEqual([expect.stringMatching(/is no cloud assembly: it has no manifest.json/)]);
  });

  test.each([
    [{ Table: { Type: 'AWS::DynamoDB::Table' } }, /Other\/Table .*AWS::DynamoDB::Table/],
    [
      { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::ImportValue': 'x' } } } },
      /Fn::ImportValue/,
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
