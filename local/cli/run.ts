import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { StoreInUse } from '../ground/store/unusable.ts';
import { writePrivateFile } from '../wire/privateFile.ts';
import { type Cloud, startCloud } from '../cloud/startCloud.ts';
import { readCdkJson } from './app/readCdkJson.ts';
import { runChild } from './app/runChild.ts';
import { synthesizeApp } from './app/synthesizeApp.ts';
import { hashFiles } from './app/watchedFiles.ts';
import { watchFiles } from './app/watchFiles.ts';
import { banner } from './banner.ts';
import { BadFlag, type Defaults, type Flags, helpText, parseFlags } from './flags.ts';
import { readExamples } from './readExamples.ts';
import { addressIn } from './addressIn.ts';
import { reasonOf } from './reasonOf.ts';
import { terminalLine } from './terminalLine.ts';

export type Page = {
  /** Writes the files into the folder that `--output` names. */
  readonly script: string;
  /** What they are made of, from the root: a change there is swapped in before the app is synthesized. */
  readonly folders: readonly string[];
};

/** The app that a command starts. */
export type Launch = Defaults & {
  /** The folder of its cdk.json. */
  readonly root: string;
  /** The static files that the app serves beside its API; null: none. */
  readonly page: Page | null;
};

type Life = {
  /** Called as soon as the cloud serves; from then on it has to be stopped in order. */
  readonly onReady: () => void;
  /** Resolves when the cloud shall stop. */
  readonly stopping: Promise<void>;
};

/** Runs the app, says what to try, swaps in what is saved, and stops in order. Resolves with the exit code. */
export async function run(words: readonly string[], launch: Launch & Life): Promise<number> {
  try {
    const flags = parseFlags(words, launch);
    if (flags.help) console.log(helpText(launch));
    else await serve(flags, launch);
    return 0;
  } catch (error) {
    console.error(reasonOf(error), ...hintOf(error, words, launch));
    return error instanceof BadFlag ? 2 : 1;
  }
}

/** Where the cloud answers that has the data folder already. */
function hintOf(error: unknown, words: readonly string[], launch: Defaults): readonly string[] {
  if (!(error instanceof StoreInUse)) return [];
  const address = addressIn(resolve(parseFlags(words, launch).data));
  return address === null ? [] : [`It answers at ${address}.`];
}

async function serve(flags: Flags, launch: Launch & Life): Promise<void> {
  const data = resolve(flags.data);
  const files = filesOf(flags, launch);
  const cloud = await startCloud({
    ...flags,
    data,
    assembly: () => flags.assembly ?? synthesize(flags, launch, true),
    files: files.make,
    onLog: (source, line) => {
      const text = terminalLine(source, line);
      if (text !== null) console.log(text);
    },
  });
  writePrivateFile(join(data, '.gitignore'), '*\n'); // the folder holds keys
  launch.onReady();
  const examples = readExamples(files.folder);
  console.log(banner({ ...flags, cloud, hasPage: files.folder !== null, examples }));
  const stopWatching =
    flags.assembly === null ? watchApp(flags, launch, { cloud, makeFiles: files.make }) : () => {};
  await launch.stopping;
  stopWatching();
  await cloud.stop();
}

function synthesize({ data, context }: Flags, { root }: Launch, fresh: boolean): Promise<string> {
  const cdk = readCdkJson(root);
  return synthesizeApp({ root, data: resolve(data), cdk, context }, fresh);
}

type StaticFiles = { readonly folder: string | null; readonly make: () => Promise<string | null> };

function filesOf(flags: Flags, { root, page }: Launch): StaticFiles {
  if (flags.static !== null && !statSync(flags.static, { throwIfNoEntry: false })?.isDirectory()) {
    throw new BadFlag(`--static must name a folder; ${flags.static} is not one.`);
  }
  if (flags.static !== null || page === null) {
    return { folder: flags.static, make: async () => flags.static };
  }
  const folder = join(resolve(flags.data), 'web');
  const make = async () => {
    await runChild({
      run: { script: page.script, words: ['--output', folder] },
      folder: root,
      cache: join(resolve(flags.data), 'cache'),
      purpose: 'build the page',
    });
    return folder;
  };
  return { folder, make };
}

type Watching = { readonly cloud: Cloud; readonly makeFiles: () => Promise<string | null> };

/** A saved change is swapped in, with a line in the terminal; a mistake is shown, and what ran before goes on. */
function watchApp(flags: Flags, launch: Launch, { cloud, makeFiles }: Watching): () => void {
  const { root, page } = launch;
  const swapIn = () => cloud.update(() => synthesize(flags, launch, false));
  const swapFiles = async () => {
    const folder = await makeFiles();
    if (folder !== null) cloud.serveFiles(folder);
  };
  const { watch } = readCdkJson(root);
  let running = hashFiles(root, watch, '');
  const onChange = async (paths: readonly string[]) => {
    const saved = hashFiles(root, watch, '');
    if (saved === running) return; // such as the temporary file of an editor
    running = saved;
    const startedAt = performance.now();
    const isOfPage = paths.every((path) => page?.folders.some((folder) => path.startsWith(`${folder}/`)));
    // One after the other: what was saved is swapped in first, and has the processors for itself.
    const [first, second] = isOfPage ? [swapFiles, swapIn] : [swapIn, swapFiles];
    const isDone = await tryToSwap(first);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    if (isDone)
      console.log(`Updated in ${seconds} s: ${named(paths.filter((path) => existsSync(join(root, path))))}`);
    await tryToSwap(second);
  };
  return watchFiles({
    root,
    ignored: relative(root, resolve(flags.data)),
    watch,
    onChange,
  });
}

/** False when it failed, which the terminal then says. */
async function tryToSwap(swap: () => Promise<void>): Promise<boolean> {
  try {
    await swap();
    return true;
  } catch (error) {
    console.error(`Not updated; the previous version keeps running. ${reasonOf(error)}`);
    return false;
  }
}

const MAX_NAMED_PATHS = 3;

function named(paths: readonly string[]): string {
  const rest = paths.length - MAX_NAMED_PATHS;
  return `${paths.slice(0, MAX_NAMED_PATHS).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
