import { join, resolve } from 'node:path';
import { banner } from './start/banner.ts';
import { BadFlag, HELP, parseFlags, type Flags } from './start/flags.ts';
import { reasonOf } from './start/reasonOf.ts';
import { runChild } from './start/runChild.ts';
import { synthesizeApp } from './start/synthesizeApp.ts';
import { startCloud } from './startCloud.ts';

const ROOT = join(import.meta.dirname, '..');

/** `npm start`: synthesizes the app, runs it, says what to try, and stops in order on SIGTERM and SIGINT. */
async function start(flags: Flags): Promise<void> {
  const startedAt = performance.now();
  const stopping = Promise.withResolvers<void>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stopping.resolve());
  const cloud = await startCloud({
    data: resolve(flags.data),
    port: flags.port,
    testControls: flags.testControls,
    assembly: () => (flags.assembly === null ? synthesizeApp(ROOT, resolve(flags.data)) : flags.assembly),
    web: () => buildWeb(join(resolve(flags.data), 'web')),
    onLog: (line) => console.log(line),
    startedAt,
  });
  console.log(banner(cloud, flags.data));
  await stopping.promise;
  await cloud.stop();
}

async function buildWeb(output: string): Promise<string> {
  const script = join(ROOT, 'web/build.ts');
  await runChild({ script, folder: ROOT, arguments: ['--output', output], purpose: 'build the page' });
  return output;
}

async function main(): Promise<void> {
  try {
    const flags = parseFlags(process.argv.slice(2));
    if (flags.help) console.log(HELP);
    else await start(flags);
    process.exit(0);
  } catch (error) {
    console.error(reasonOf(error));
    process.exit(error instanceof BadFlag ? 2 : 1);
  }
}

await main();
