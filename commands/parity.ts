import { StartFailed, startCloud, type TestCloud } from '@countersign/local-cloud/testing';
import { join, resolve } from 'node:path';
import { fetchApiKey } from './apiKeys.ts';
import { askApi } from './askApi.ts';
import { BadCommand, readOutputs } from './outputs.ts';
import { runScenario } from './parity/runScenario.ts';
import { SCENARIO } from './parity/scenario.ts';
import { parseWords } from './parseWords.ts';
import { runCommand } from './runCommand.ts';

// `npm run parity -- outputs.json`: one scenario on a local cloud and on a deployed stack, side by side.

const ROOT = join(import.meta.dirname, '..');

const GRAMMAR = {
  command: 'npm run parity',
  options: {},
  others: { most: 1, are: 'one file' },
} as const;

async function parity(words: readonly string[]): Promise<void> {
  const { others } = parseWords(words, GRAMMAR);
  const outputs = readOutputs(resolve(others[0] ?? join(ROOT, 'outputs.json')));
  const deployed = { ...outputs, ApiKey: outputs['ApiKey'] ?? (await fetchApiKey(outputs)) };
  await askApi(deployed);
  const local = await startLocalCloud();
  try {
    const [here, there] = await Promise.all([
      runScenario(local.outputs(), SCENARIO),
      runScenario(deployed, SCENARIO),
    ]);
    const differing = SCENARIO.filter(({ name }, index) => print(name, here[index], there[index]));
    console.log(`${SCENARIO.length} steps compared, ${differing.length} differ.`);
    if (differing.length > 0) process.exitCode = 1;
  } finally {
    await local.remove();
  }
}

async function startLocalCloud(): Promise<TestCloud> {
  try {
    return await startCloud({ app: ROOT, program: [join(ROOT, 'start.ts')], testControls: false });
  } catch (cause) {
    if (!(cause instanceof StartFailed)) throw cause;
    throw new BadCommand(`The local cloud did not start:\n${cause.printed}`, { cause });
  }
}

/** Answers whether the two sides differ. */
function print(name: string, local: string | undefined, deployed: string | undefined): boolean {
  const differs = local !== deployed;
  console.log(`${differs ? 'DIFFERS' : 'same   '} ${name}\n  local     ${local}\n  deployed  ${deployed}`);
  return differs;
}

await runCommand({
  usage:
    'npm run parity [-- outputs.json]: runs one scenario on a local cloud and on a deployed stack, and compares them.',
  run: parity,
});
