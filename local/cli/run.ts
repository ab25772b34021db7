import { join, resolve } from 'node:path';
import { startCloud } from '../cloud/startCloud.ts';
import { banner } from './banner.ts';
import { BadFlag, HELP, parseFlags, type Flags } from './flags.ts';
import { reasonOf } from './reasonOf.ts';
import { runChild } from './runChild.ts';
import { synthesizeApp } from './synthesizeApp.ts';

export type Run = {
  /** Called as soon as the cloud serves; from then on it has to be stopped in order. */
  readonly onReady: () => void;
  /** Resolves when the cloud shall stop. */
  readonly stopping: Promise<void>;
};

const ROOT = join(import.meta.dirname, '../..');

/** `npm start`: synthesizes the app, runs it, says what to try, and stops in order. Resolves with the exit code. */
export async function run(words: readonly string[], life: Run): Promise<number> {
  try {
    const flags = parseFlags(words);
    if (flags.help) console.log(HELP);
    else await serve(flags, life);
    return 0;
  } catch (error) {
    console.error(reasonOf(error));
    return error instanceof BadFlag ? 2 : 1;
  }
}

async function serve(flags: Flags, { onReady, stopping }: Run): Promise<void> {
  const cloud = await startCloud({
    data: resolve(flags.data),
    port: flags.port,
    testControls: flags.testControls,
    people: flags.people,
    assembly: () => (flags.assembly === null ? synthesizeApp(ROOT, resolve(flags.data)) : flags.assembly),
    web: () => buildWeb(join(resolve(flags.data), 'web')),
    onLog: (line) => console.log(line),
  });
  onReady();
  console.log(banner(cloud, flags.data));
  await stopping;
  await cloud.stop();
}

async function buildWeb(output: string): Promise<string> {
  const script = join(ROOT, 'web/build.ts');
  await runChild({ script, folder: ROOT, arguments: ['--output', output], purpose: 'build the page' });
  return output;
}
