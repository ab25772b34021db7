import { SFNClient } from '@aws-sdk/client-sfn';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchApiKey } from '../commands/apiKeys.ts';
import { askApi } from '../commands/askApi.ts';
import { noCredentials } from '../commands/explain.ts';
import { BadCommand, regionOf, writeOutputs, type Outputs } from '../commands/outputs.ts';
import { parseWords } from '../commands/parseWords.ts';
import { reachDeployment } from '../commands/reachDeployment.ts';
import { runCommand } from '../commands/runCommand.ts';
import { installedCommand } from './support/installedCommand.ts';

// `npm run test:aws [outputs.json]`: the journeys of an order, and the protocol's rules, against a deployed stack. Orders that
// still wait at the end are cancelled; the others stay on the list of ended ones.

const ROOT = join(import.meta.dirname, '..');
const FILES = ['test/journeys/orderApproval.test.ts', 'test/protocol'];
/** New accounts run ten functions at once: one file at a time, and time for what is throttled. */
const WORDS = [
  installedCommand('vitest'),
  'run',
  ...FILES,
  '--testNamePattern',
  'on AWS',
  '--no-file-parallelism',
  '--testTimeout',
  '120000',
];

const MAX_RUN_MILLISECONDS = 30 * 60_000;

async function testOnAws(file: string | undefined): Promise<void> {
  const outputs = reachDeployment(file);
  if (outputs['SignInIssuer'] !== undefined)
    throw new BadCommand(
      'The stack has approvers, so an API key cannot decide: deploy a stage without them, such as -c stage=test, and name its outputs.',
    );
  const environment = await credentialsFor(outputs);
  const folder = mkdtempSync(join(tmpdir(), 'countersign-aws-'));
  const own = join(folder, 'outputs.json');
  try {
    const withKey = { ...outputs, ApiKey: outputs['ApiKey'] ?? (await fetchApiKey(outputs)) };
    await askApi(withKey);
    writeOutputs(own, { Countersign: withKey });
    const { status } = spawnSync(process.execPath, WORDS, {
      cwd: ROOT,
      stdio: 'inherit',
      timeout: MAX_RUN_MILLISECONDS,
      env: { ...process.env, ...environment, COUNTERSIGN_OUTPUTS: own, PROTOCOL_OUTPUTS: own },
    });
    if (status === null)
      throw new BadCommand(
        'The tests were cut off: orders of this run may still wait. npm run destroy counts them; they expire at their deadline.',
      );
    process.exitCode = status;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Some rules sign their requests by hand: they get what the SDK finds, in a profile, in SSO or wherever it is. */
async function credentialsFor(outputs: Outputs): Promise<Readonly<Record<string, string>>> {
  const client = new SFNClient({ region: regionOf(outputs) });
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = await client.config.credentials();
    return {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
    };
  } catch (cause) {
    throw new BadCommand(noCredentials(process.env['AWS_PROFILE']), { cause });
  }
}

// Ctrl+C ends the tests, and then this process, which removes the API key that it wrote for them.
process.on('SIGINT', () => {});
await runCommand({
  usage: 'npm run test:aws [-- outputs.json]: runs the journeys of an order against a deployed stack.',
  run: (words) =>
    testOnAws(
      parseWords(words, {
        command: 'npm run test:aws',
        options: {},
        others: { most: 1, are: 'one file' },
      }).others[0],
    ),
});
