import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchLongestKey } from './apiKeys.ts';
import { cdk } from './cdk.ts';
import { writeOutputs, type Outputs } from './outputs.ts';
import { FLAG, parseCdkWords, projectContext, VALUE } from './parseCdkWords.ts';
import { refuseDangers } from './refuseDangers.ts';
import { refuseUnnamedKeyEnd } from './refuseUnnamedKeyEnd.ts';
import { runCommand } from './runCommand.ts';
import { signIn } from './signIn.ts';

// `npm run deploy [-- -c NAME=VALUE …]`: synthesize, check, show what changes, deploy, and write outputs.json.

const ROOT = join(import.meta.dirname, '..');
const ASSEMBLY = join(ROOT, 'cdk.out');
const OUTPUTS = join(ROOT, 'outputs.json');

const OF_CDK = {
  region: VALUE,
  'require-approval': { takes: 'a value', oneOf: ['never', 'any-change', 'broadening'] },
  force: { takes: 'nothing', short: 'f' },
  'no-rollback': FLAG,
  'toolkit-stack-name': VALUE,
} as const;

async function deploy(words: readonly string[]): Promise<void> {
  const { context, forCdk } = parseCdkWords(words, { command: 'npm run deploy', ofCdk: OF_CDK, own: {} });
  refuseUnnamedKeyEnd([...context, ...Object.keys(projectContext())], Date.now());
  await signIn();
  step('Synthesize');
  await cdk('synth', '--quiet', ...context);
  step('Check the template');
  refuseDangers(ASSEMBLY);
  step('Compare with what is deployed');
  await cdk('diff', '--app', ASSEMBLY);
  step('Deploy');
  const stacks = await deployAll(forCdk);
  step('Write outputs.json');
  writeOutputs(OUTPUTS, stacks); // also when the key cannot be read: the other commands then ask for it again
  await addApiKey(stacks);
  writeOutputs(OUTPUTS, stacks);
  console.log(NEXT_STEPS);
}

function step(name: string): void {
  console.log(`\n> ${name}`);
}

async function deployAll(words: readonly string[]): Promise<Record<string, Outputs>> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-deploy-'));
  try {
    const file = join(folder, 'outputs.json');
    await cdk('deploy', '--app', ASSEMBLY, '--all', '--outputs-file', file, ...words);
    return JSON.parse(readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function addApiKey(stacks: Record<string, Outputs>): Promise<void> {
  for (const [name, outputs] of Object.entries(stacks)) {
    if (outputs['ApiId'] === undefined) continue;
    const { id, end } = await fetchLongestKey(outputs);
    console.log(`The API key of ${name} ends at ${end}.`);
    stacks[name] = { ...outputs, ApiKey: id };
  }
}

const NEXT_STEPS = `
outputs.json has the addresses and the API key; only you can read it.

  npm run test:aws                       the journeys of an order against this deployment
  npm run page -- outputs.json           the page against this deployment
  npm run parity -- outputs.json         the local cloud and this deployment, side by side

docs/operations.md says what to watch, and docs/deploy.md what it costs.`;

await runCommand({
  usage:
    'npm run deploy [-- -c NAME=VALUE …] [--require-approval never] [--profile NAME] [--region NAME]: synthesizes, checks, shows what changes, deploys, and writes outputs.json.',
  run: deploy,
});
