import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installMiniStack, MissingProgram } from './independent/installMiniStack.ts';
import { startMiniStack, type MiniStack } from './independent/startMiniStack.ts';
import { installedCommand, type InstalledCommand } from './support/installedCommand.ts';

// `npm run test:independent`: the app as it is, deployed with the CDK CLI to an emulator of other people, which enforces IAM
// policies. It is the only check of the permissions that runs; it needs Python, so `npm test` does without it.

const ROOT = join(import.meta.dirname, '..');
const ACCOUNT = 'aws://000000000000/us-east-1';
// An order expires after 36 s with a reminder in between; status events need a permission more.
const SETTINGS = ['deadlineHours=0.01', 'reminderHours=0.005', 'statusEvents=on'];

async function main(): Promise<number> {
  step('Install MiniStack');
  const python = installMiniStack();
  const folder = mkdtempSync(join(tmpdir(), 'countersign-independent-'));
  step('Start MiniStack');
  const ministack = startMiniStack(python, folder);
  try {
    await ministack.ready;
    const outputs = deploy(ministack, folder);
    step('Run orders');
    const config = join(ROOT, 'test/independent/vitest.config.ts');
    const environment = { COUNTERSIGN_OUTPUTS: outputs, MINISTACK_LOG: ministack.log };
    return call('vitest', ['run', '--config', config], { ...ministack.environment, ...environment });
  } catch (error) {
    console.error(readFileSync(ministack.log, 'utf8').split('\n').slice(-20).join('\n'));
    throw error;
  } finally {
    await ministack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function deploy({ environment }: MiniStack, folder: string): string {
  const outputs = join(folder, 'outputs.json');
  const assembly = ['--output', join(folder, 'cdk.out')];
  const context = SETTINGS.flatMap((setting) => ['-c', setting]);
  step('Bootstrap and deploy');
  const bootstrap = ['bootstrap', ACCOUNT, ...assembly, '--progress', 'bar'];
  const deployment = [
    'deploy',
    '--outputs-file',
    outputs,
    '--require-approval',
    'never',
    '--progress',
    'bar',
  ];
  for (const words of [bootstrap, [...deployment, ...assembly, ...context]])
    if (call('cdk', words, environment) !== 0) throw new Error(`cdk ${words[0]} failed.`);
  return outputs;
}

function step(name: string): void {
  console.log(`\n> ${name}`);
}

function call(
  command: InstalledCommand,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): number {
  const { AWS_PROFILE: _, ...inherited } = process.env;
  const env = { ...inherited, ...environment };
  const all = [installedCommand(command), ...words];
  return spawnSync(process.execPath, all, { cwd: ROOT, stdio: 'inherit', env }).status ?? 1;
}

// Ctrl+C ends what runs in this terminal, and then this process, which removes its folder.
process.on('SIGINT', () => {});
try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof MissingProgram ? error.message : error);
  process.exitCode = 1;
}
